// The same from CommonJS.
import yuma = require('libyuma');

const reward: bigint = yuma.blockEmission(0);
export = reward;
