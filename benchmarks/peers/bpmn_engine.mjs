// npm bpmn-engine with saved state: read from SQLite, recovered, run, saved and committed at every
// wait state, as a server does that keeps nothing between two requests.
//
// Standard input: {diagrams: {name: xml}, file, synchronous, instances}. Prints, by name, the
// completions and the seconds of wall and CPU time that one instance takes from start to end.
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Engine } from "bpmn-engine";

const MAX_COMPLETIONS = 50;
const { diagrams, file, synchronous, instances } = JSON.parse(readFileSync(0, "utf8"));
const database = new DatabaseSync(file);
database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}`);
database.exec("create table state (key integer primary key, content text)");
const insert = database.prepare("insert into state (content) values (?)");
const update = database.prepare("update state set content = ? where key = ?");
const select = database.prepare("select content from state where key = ?");

async function settle(engine, execution) {
  while (!waiting(execution).length && execution.state === "running") {
    await Promise.race([once(engine, "end"), new Promise(setImmediate)]);
  }
}

function waiting(execution) {
  return execution.getPostponed().filter((element) => element.type === "bpmn:UserTask");
}

async function start(name) {
  const engine = new Engine({ name, source: diagrams[name] });
  const execution = await engine.execute({ listener: new EventEmitter() });
  await settle(engine, execution);
  const state = JSON.stringify(await engine.getState());
  return { key: insert.run(state).lastInsertRowid, done: execution.state !== "running" };
}

async function complete(key, n) {
  const engine = new Engine().recover(JSON.parse(select.get(key).content));
  const execution = await engine.resume({ listener: new EventEmitter() });
  const [task] = waiting(execution);
  if (task) {
    task.environment.assignVariables({ below3: n < 3, below5: n < 5 });
    task.signal({ n });
  }
  await settle(engine, execution);
  update.run(JSON.stringify(await engine.getState()), key);
  return execution.state !== "running";
}

async function live(name) {
  let { key, done } = await start(name);
  let n = 0;
  while (!done) {
    if (++n > MAX_COMPLETIONS) throw new Error(`${name} does not end`);
    done = await complete(key, n);
  }
  return n;
}

const costs = {};
for (const name of Object.keys(diagrams)) {
  const completions = await live(name);
  const cpu = process.cpuUsage();
  const began = performance.now();
  for (let count = 0; count < instances; count++) await live(name);
  const used = process.cpuUsage(cpu);
  costs[name] = {
    completions,
    wall: (performance.now() - began) / 1000 / instances,
    cpu: (used.user + used.system) / 1e6 / instances,
  };
}
console.log(JSON.stringify(costs));
