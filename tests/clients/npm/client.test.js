// Does Camunda's own JavaScript client, unchanged and validating strictly, drive Redress?

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, test } from 'node:test';

import createCamundaClient from '@camunda8/orchestration-cluster-api';

const FILES = process.env.ORDER_FILES;
const AT_ONCE = { consistency: { waitUpToMs: 0 } };

// Strict for requests as well would make the client itself drop `after` from the page of a search.
const common = {
  CAMUNDA_REST_ADDRESS: process.env.REDRESS_URL,
  CAMUNDA_SDK_VALIDATION: 'req:warn,res:strict',
  CAMUNDA_SDK_LOG_LEVEL: 'silent',
};
const demo = createCamundaClient({
  config: {
    ...common,
    CAMUNDA_AUTH_STRATEGY: 'OAUTH',
    CAMUNDA_OAUTH_URL: `${process.env.REDRESS_URL}/oauth/token`,
    CAMUNDA_CLIENT_ID: process.env.CLIENT_ID,
    CAMUNDA_CLIENT_SECRET: process.env.CLIENT_SECRET,
    CAMUNDA_TOKEN_AUDIENCE: 'redress',
  },
});
const person = (username) =>
  createCamundaClient({
    config: {
      ...common,
      CAMUNDA_AUTH_STRATEGY: 'BASIC',
      CAMUNDA_BASIC_AUTH_USERNAME: username,
      CAMUNDA_BASIC_AUTH_PASSWORD: process.env.PASSWORD,
    },
  });
const alice = person('alice');

let number = 0;

async function start(variables = {}) {
  const order_id = `js-${(number += 1)}`;
  return alice.createProcessInstance({
    processDefinitionId: 'order',
    variables: { order_id, amount: 20, ...variables },
    businessId: order_id,
    tags: ['vip'],
  });
}

async function openTask(processInstanceKey) {
  const filter = { processInstanceKey, state: { $eq: 'CREATED' } };
  const found = await alice.searchUserTasks({ filter }, AT_ONCE);
  assert.equal(found.page.totalItems, 1);
  return found.items[0];
}

async function atPayment() {
  const created = await start();
  const { userTaskKey } = await openTask(created.processInstanceKey);
  await alice.completeUserTask({ userTaskKey, variables: { approved: true } });
  return created;
}

async function takeJob(created) {
  const taken = await demo.activateJobs({
    type: 'pay',
    timeout: 60_000,
    maxJobsToActivate: 100,
    worker: 'javascript',
    requestTimeout: 5_000,
  });
  return taken.jobs.find((job) => job.processInstanceKey === created.processInstanceKey);
}

before(async () => {
  const names = ['order.bpmn', 'priority.dmn', 'order_request.form', 'approval.form'];
  const resources = names.map((name) => {
    const path = join(FILES, name);
    return new File([readFileSync(path)], basename(path));
  });
  const deployed = await demo.createDeployment({ resources });
  assert.equal(deployed.processes[0].processDefinitionId, 'order');
});

test('a started process is found by tag and variable', async () => {
  const created = await start({ colour: 'green' });

  const filter = { tags: ['vip'], variables: [{ name: 'colour', value: '"green"' }] };
  const found = await alice.searchProcessInstances(
    { filter, sort: [{ field: 'startDate', order: 'DESC' }], page: { limit: 5 } },
    AT_ONCE,
  );

  assert.deepEqual(
    found.items.map((item) => item.processInstanceKey),
    [created.processInstanceKey],
  );
});

test('a person claims and completes a task', async () => {
  const { userTaskKey } = await openTask((await start()).processInstanceKey);

  await alice.assignUserTask({ userTaskKey, assignee: 'alice', allowOverride: false });
  const claimed = await alice.getUserTask({ userTaskKey }, AT_ONCE);
  await alice.completeUserTask({ userTaskKey, variables: { approved: true } });
  const completed = await alice.getUserTask({ userTaskKey }, AT_ONCE);

  assert.equal(claimed.assignee, 'alice');
  assert.equal(completed.state, 'COMPLETED');
});

test('the second of two claims is a conflict', async () => {
  const { userTaskKey } = await openTask((await start()).processInstanceKey);
  await alice.assignUserTask({ userTaskKey, assignee: 'alice', allowOverride: false });

  await assert.rejects(
    person('adam').assignUserTask({ userTaskKey, assignee: 'adam', allowOverride: false }),
    { status: 409 },
  );
});

test('the form and the variables of a task are read', async () => {
  const { userTaskKey } = await openTask((await start()).processInstanceKey);

  const form = await alice.getUserTaskForm({ userTaskKey }, AT_ONCE);
  const variables = await alice.searchUserTaskVariables({ userTaskKey }, AT_ONCE);

  assert.equal(form.formId, 'approval');
  assert.ok(variables.items.some((v) => v.name === 'amount_to_approve' && v.value === '20'));
});

test('a job is completed and a message ends the instance', async () => {
  const created = await atPayment();
  const job = await takeJob(created);

  await demo.completeJob({ jobKey: job.jobKey, variables: { paid: true } });
  await alice.publishMessage({
    name: 'parcel_received',
    correlationKey: created.businessId,
    timeToLive: 60_000,
  });

  const { processInstanceKey } = created;
  const ended = await alice.getProcessInstance({ processInstanceKey }, AT_ONCE);
  assert.equal(ended.state, 'COMPLETED');
});

test('a signal is broadcast', async () => {
  const sent = await alice.broadcastSignal({ signalName: 'recall', variables: { lot: 7 } });

  assert.match(sent.signalKey, /^[1-9][0-9]*$/);
});

test('a failed job is an incident that can be resolved', async () => {
  const created = await atPayment();
  const { jobKey } = await takeJob(created);
  await demo.failJob({ jobKey, retries: 0, errorMessage: 'bank closed' });

  const { processInstanceKey } = created;
  const found = await demo.searchIncidents({ filter: { processInstanceKey } }, AT_ONCE);
  await demo.updateJob({ jobKey, changeset: { retries: 1 } });
  await demo.resolveIncident({ incidentKey: found.items[0].incidentKey });

  const again = await takeJob(created);
  assert.equal(again.jobKey, jobKey);
  await demo.throwJobError({ jobKey, errorCode: 'rejected' });
});

test('elements, subscriptions, variables and decisions are searched', async () => {
  const created = await atPayment();
  await demo.completeJob({ jobKey: (await takeJob(created)).jobKey });
  const filter = { processInstanceKey: created.processInstanceKey };

  const elements = await alice.searchElementInstances({ filter }, AT_ONCE);
  const waiting = await alice.searchMessageSubscriptions({ filter }, AT_ONCE);
  const variables = await alice.searchVariables({ filter }, AT_ONCE);
  const decisions = await alice.searchDecisionInstances({ filter }, AT_ONCE);

  assert.ok(elements.items.some((element) => element.elementName === 'Approve the order'));
  assert.equal(waiting.items[0].correlationKey, created.businessId);
  assert.ok(variables.items.some((v) => v.name === 'level' && v.value === '"normal"'));
  assert.equal(decisions.items[0].result, '"normal"');
});

test('a decision is evaluated with its reasons', async () => {
  const made = await alice.evaluateDecision({
    decisionDefinitionId: 'priority',
    variables: { amount: 5_000 },
  });
  const last = made.evaluatedDecisions.at(-1);

  const instance = await alice.getDecisionInstance(
    { decisionEvaluationInstanceKey: last.decisionEvaluationInstanceKey },
    AT_ONCE,
  );

  assert.equal(made.output, '"high"');
  assert.equal(instance.matchedRules[0].ruleId, 'large_rule');
});

test('models are found and read back', async () => {
  const latest = { filter: { isLatestVersion: true } };
  const processes = await alice.searchProcessDefinitions(latest, AT_ONCE);
  const decisions = await alice.searchDecisionDefinitions(latest, AT_ONCE);
  const requirements = await alice.searchDecisionRequirements({}, AT_ONCE);
  const { processDefinitionKey } = processes.items[0];

  const xml = await alice.getProcessDefinitionXml({ processDefinitionKey }, AT_ONCE);
  const form = await alice.getStartProcessForm({ processDefinitionKey }, AT_ONCE);

  assert.equal(xml, readFileSync(join(FILES, 'order.bpmn'), 'utf8'));
  assert.equal(form.formId, 'order_request');
  assert.equal(decisions.items.length, 2);
  assert.equal(requirements.items[0].resourceName, 'priority.dmn');
});

test('a document goes up and is deleted', async () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

  const stored = await alice.createDocument({
    file: new File([bytes], 'photo.png'),
    metadata: { fileName: 'damage.png' },
  });
  await alice.deleteDocument({ documentId: stored.documentId });

  assert.equal(stored.metadata.contentType, 'image/png');
});

test('pages follow each other by cursor', async () => {
  const keys = [];
  for (let count = 0; count < 3; count += 1) {
    keys.push((await start()).processInstanceKey);
  }
  const filter = { processInstanceKey: { $in: keys } };

  const first = await alice.searchProcessInstances({ filter, page: { limit: 2 } }, AT_ONCE);
  const second = await alice.searchProcessInstances(
    { filter, page: { limit: 2, after: first.page.endCursor } },
    AT_ONCE,
  );

  const seen = [...first.items, ...second.items].map((item) => item.processInstanceKey);
  assert.deepEqual(seen, keys);
});

test('an instance is cancelled and the server describes itself', async () => {
  const { processInstanceKey } = await start();
  await demo.cancelProcessInstance({ processInstanceKey });

  const cancelled = await alice.getProcessInstance({ processInstanceKey }, AT_ONCE);
  const topology = await alice.getTopology();
  const me = await alice.getAuthentication();
  await alice.getStatus();
  await alice.getLicense();

  assert.equal(cancelled.state, 'TERMINATED');
  assert.equal(topology.clusterSize, 1);
  assert.equal(me.username, 'alice');
});

// The last test: a worker that stops may leave a request waiting, which takes one more job.
test("the client's own worker completes jobs", async () => {
  const created = await atPayment();
  const done = new Promise((resolve) => {
    const worker = demo.createJobWorker({
      jobType: 'pay',
      jobTimeoutMs: 1_000,
      maxParallelJobs: 5,
      workerName: 'javascript',
      jobHandler: async (job) => {
        const receipt = await job.complete({ paid: true });
        if (job.processInstanceKey === created.processInstanceKey) {
          resolve(worker);
        }
        return receipt;
      },
    });
  });
  (await done).stop();

  const filter = { processInstanceKey: created.processInstanceKey };
  const jobs = await demo.searchJobs({ filter }, AT_ONCE);
  assert.deepEqual(
    jobs.items.map((job) => job.state),
    ['COMPLETED'],
  );
});
