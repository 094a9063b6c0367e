// What feelin makes of expressions: reads questions as JSON from stdin, answers as JSON on stdout.
//
//   [{expression, context} | {tests, value}]  ->  [value | {temporal: text} | {error: message}]

import { text } from 'node:stream/consumers';

import { evaluate, unaryTest } from 'feelin';

function answer({ expression, context, tests, value }) {
  try {
    return tests === undefined
      ? plain(evaluate(expression, context).value)
      : plain(unaryTest(tests, { '?': value }).value);
  } catch (error) {
    return { error: String(error.message) };
  }
}

function plain(value) {
  if (value === null || value === undefined) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value === 'object' && value.constructor !== Object) {
    return { temporal: String(value) };
  }
  return typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([ key, each ]) => [ key, plain(each) ]))
    : value;
}

const questions = JSON.parse(await text(process.stdin));

process.stdout.write(JSON.stringify(questions.map(answer)));
