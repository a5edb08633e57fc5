export default { base: './', logLevel: 'warn', build: { target: 'es2022', assetsInlineLimit: 0 } };
