import { BOOLEAN, TEXT } from './scalar-types.ts';
import { listType, wrongKind } from './collection-types.ts';
import type { Type } from './decode.ts';
import type { UnusedField } from './struct.ts';

/** What Prometheus knows and a browser tab has no use for, by field, with what a reader should know instead. */

export const NO_FILES: UnusedField = { type: TEXT, reason: 'a browser tab writes no files' };

const NO_NETWORK = 'targets are reached without a network, so there is nothing to log in to';

/** How a server is spoken to (common/config, HTTPClientConfig). */
const HTTP_CLIENT: Readonly<Record<string, UnusedField>> = {
	basic_auth: { reason: NO_NETWORK, type: section('config.plain') },
	authorization: { reason: NO_NETWORK, type: section('config.Authorization') },
	oauth2: { reason: NO_NETWORK, type: section('config.plain') },
	bearer_token: { reason: NO_NETWORK, type: TEXT },
	bearer_token_file: { reason: NO_NETWORK, type: TEXT },
	tls_config: {
		reason: 'targets are reached without a network, so nothing is encrypted',
		type: section('config.plain')
	},
	proxy_url: { reason: 'targets are reached without a network', type: TEXT },
	no_proxy: { reason: 'targets are reached without a network', type: TEXT },
	proxy_from_environment: { reason: 'targets are reached without a network', type: BOOLEAN },
	proxy_connect_header: { reason: 'targets are reached without a network' },
	http_headers: { reason: 'targets look at no headers but Accept' }
};

/** All that Prometheus is built with (plugins, discovery). */
const DISCOVERIES = [
	...['aws', 'azure', 'consul', 'digitalocean', 'dns', 'docker', 'dockerswarm', 'ec2', 'ecs'],
	...['elasticache', 'eureka', 'file', 'gce', 'hetzner', 'http', 'ionos', 'kubernetes', 'kuma'],
	...['lightsail', 'linode', 'marathon', 'msk', 'nerve', 'nomad', 'oci', 'openstack', 'outscale'],
	...['ovhcloud', 'puppetdb', 'rds', 'scaleway', 'serverset', 'stackit', 'triton', 'uyuni', 'vultr']
];

const NO_DISCOVERY: UnusedField = {
	reason: 'there is nothing to discover, so name the targets in static_configs'
};

/** Of a scrape config. */
export const UNUSED_IN_SCRAPE_CONFIG: Readonly<Record<string, UnusedField>> = {
	...HTTP_CLIENT,
	scrape_failure_log_file: NO_FILES,
	...Object.fromEntries(DISCOVERIES.map((name) => [`${name}_sd_configs`, NO_DISCOVERY]))
};

/** Of the whole file. */
export const UNUSED_IN_CONFIG: Readonly<Record<string, UnusedField>> = {
	runtime: { type: section('config.RuntimeConfig'), reason: 'no Go program runs here' },
	alerting: {
		type: section('config.plain'),
		reason: 'there are no alerts here yet that could be sent'
	},
	scrape_config_files: {
		type: listType('[]string', TEXT),
		reason: 'there are no other files, so write the jobs under scrape_configs'
	},
	storage: {
		type: section('config.StorageConfig'),
		reason: 'samples are kept in memory, for as long as the world says'
	},
	tracing: { type: section('config.plain'), reason: 'no traces are recorded' },
	remote_write: {
		type: listType('[]*config.RemoteWriteConfig', section('config.plain')),
		reason: 'there is no network'
	},
	remote_read: {
		type: listType('[]*config.RemoteReadConfig', section('config.plain')),
		reason: 'there is no network'
	},
	otlp: { type: section('config.plain'), reason: 'no OTLP arrives here' }
};

/** A mapping, whatever stands in it. */
function section(name: string): Type<true | null> {
	const type: Type<true | null> = {
		name,
		zero: null,
		read: (decoder, node) => (node.kind === 'mapping' ? true : wrongKind(decoder, node, type))
	};
	return type;
}
