import init, { blockEmission } from 'libyuma';
import { dailyEmission } from 'libyuma/bundler';

await init();
document.querySelector('output').textContent = `${blockEmission(10_500_000_000_000_000n)} ${dailyEmission(0)}`;
