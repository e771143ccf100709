import { formatDuration } from '#engine/model';
import { instanceName, type World } from './world.ts';

/** The `prometheus.yml` of a world that brings none: every instance of every service, by its address. */
export function prometheusYml({ scrape, service, dependencies }: World): string {
	const instances = Array.from({ length: service.instances }, (_, i) =>
		instanceName(service, i + 1)
	);
	return [
		'global:',
		`  scrape_interval: ${formatDuration(scrape.interval)}`,
		`  scrape_timeout: ${formatDuration(scrape.timeout)}`,
		...(scrape.bodySizeLimit > 0 ? [`  body_size_limit: ${scrape.bodySizeLimit}B`] : []),
		'',
		'scrape_configs:',
		...jobLines(service.job, instances),
		...dependencies.flatMap((spec) => jobLines(spec.job, [instanceName(spec, 1)])),
		''
	].join('\n');
}

function jobLines(job: string, targets: readonly string[]): string[] {
	return [
		`  - job_name: ${job}`,
		'    static_configs:',
		'      - targets:',
		...targets.map((target) => `          - ${target}`)
	];
}
