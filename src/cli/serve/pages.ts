import { buildInfo, federate, toJson } from '#engine/api';
import { negotiateFormat, type EscapingScheme } from '#engine/exposition';
import { federationText } from './federation-text.ts';
import { labelsFromPairs } from '#engine/model';
import { failure, plain, type Reply } from './reply.ts';
import type { Asked } from './request.ts';
import type { Served } from './served.ts';

type Page = (asked: Asked, served: Served) => Reply | Promise<Reply>;

const INDEX = `This is a lab of Promenade, which answers as Prometheus does.

/api/v1/query?query=up          the HTTP API
/federate?match[]=up            the newest samples, for another Prometheus
/metrics                        about the lab itself
/-/healthy  /-/ready
`;

/** The build information without the envelope of the API. */
function versionJson(): string {
	const { data } = JSON.parse(toJson('data', buildInfo())) as { data: object };
	return JSON.stringify(data);
}

const alive = (state: string): Readonly<Record<string, Page>> => ({
	GET: () => plain(200, `Prometheus Server is ${state}.\n`),
	HEAD: () => ({ status: 200, headers: {}, body: '' })
});

/** A page in the text format, as `expfmt.Negotiate` chooses it, which knows no other text. */
function exposition(accept: string, write: (escaping: EscapingScheme) => string): Reply {
	const { escaping } = negotiateFormat(accept);
	return {
		status: 200,
		headers: { 'Content-Type': `text/plain; version=0.0.4; charset=utf-8; escaping=${escaping}` },
		body: write(escaping),
		isCompressible: true
	};
}

const federation: Page = (
	{ form: { withoutParts: form }, accept },
	{ head, now, configuration }
) => {
	if (form.problem !== undefined) {
		return failure(400, `error parsing form values: ${form.problem}`);
	}
	const found = federate(
		head,
		form.all('match[]'),
		now(),
		labelsFromPairs(configuration().global.externalLabels)
	);
	if (found.status === 'error') return failure(400, found.error);
	return exposition(accept, (escaping) => federationText(found.data, escaping));
};

/** Told to end or to read its configuration anew, a Prometheus listens only where a flag says so, which no lab has. */
const LIFECYCLE: Readonly<Record<string, Page>> = {
	GET: () => plain(405, 'Only POST or PUT requests allowed'),
	POST: () => plain(403, 'Lifecycle API is not enabled.'),
	PUT: () => plain(403, 'Lifecycle API is not enabled.')
};

/** What is outside of the API, by path and method (web/web.go, New). */
export const PAGES: ReadonlyMap<string, Readonly<Record<string, Page>>> = new Map<
	string,
	Readonly<Record<string, Page>>
>([
	['/', { GET: () => plain(200, INDEX) }],
	[
		'/metrics',
		{
			GET: async ({ accept }, { metrics }) => {
				const page = await metrics.text();
				return exposition(accept, () => page);
			}
		}
	],
	['/federate', { GET: federation }],
	['/version', { GET: () => plain(200, `${versionJson()}\n`) }],
	['/-/quit', LIFECYCLE],
	['/-/reload', LIFECYCLE],
	['/-/healthy', alive('Healthy')],
	['/-/ready', alive('Ready')]
]);
