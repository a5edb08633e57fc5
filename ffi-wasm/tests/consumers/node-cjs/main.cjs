const { default: init, blockEmission, YumaError } = require('libyuma');

let code = '';
try {
  blockEmission(-1);
} catch (error) {
  code = error instanceof YumaError ? error.code : '';
}
init().then(() => console.log(String(blockEmission(10_500_000_000_000_000n)), code));
