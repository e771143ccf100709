import { createRequire } from 'node:module';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPromClient } from '#engine/registry';
import { declaring } from './differences/declaring.ts';
import { registers } from './differences/registers.ts';
import { writing } from './differences/writing.ts';
import { Thrown, type Client } from './program.ts';

const require = createRequire(import.meta.url);
const peer = require('prom-client') as Client;

/** The same with errors as texts. */
function shown(value: unknown): unknown {
	if (value instanceof Thrown) return `${value.name}: ${value.message}`;
	return Array.isArray(value) ? value.map(shown) : value;
}

describe('on purpose it is otherwise here than with prom-client:', () => {
	beforeEach(() => peer.register.clear());

	test.each([...declaring, ...writing, ...registers])('$name', async ({ run, here, there }) => {
		expect(shown(await run(createPromClient({ now: () => 0 })))).toEqual(here);
		expect(shown(await run(peer))).toEqual(there);
	});
});
