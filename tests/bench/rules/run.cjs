// Asks the rules as WebAssembly in Node: node run.cjs MODULE PEOPLE WHAT ROUNDS TIMES; WHAT
// is ask or decide. Prints one line of JSON: the
// seconds of each round, rules a round, and the sum of the answers.
"use strict";
const fs = require("node:fs");
const [module_path, people_path, what, rounds, times] = process.argv.slice(2);
const { Bench } = require(fs.realpathSync(module_path));
const bench = Bench.read(fs.readFileSync(people_path, "utf8"));
if (bench === undefined) throw new Error(`${people_path} holds no people`);
// V8 compiles anew what runs often: what counts begins after that.
let [rules, sum] = bench[what](Number(times));
const seconds = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const from = process.cpuUsage().user + process.cpuUsage().system;
  [rules, sum] = bench[what](Number(times));
  seconds.push((process.cpuUsage().user + process.cpuUsage().system - from) / 1e6);
}
console.log(JSON.stringify({ seconds, rules, sum }));
