import init, { blockEmission, YumaError } from 'libyuma';

await init();
let code = '';
try {
  blockEmission(-1);
} catch (error) {
  code = error instanceof YumaError ? error.code : '';
}
console.log(String(blockEmission(10_500_000_000_000_000n)), code);
