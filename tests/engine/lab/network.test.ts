import { expect, it } from 'vitest';
import { startShop } from './shop.ts';

/** What scrapes over each scheme say. */
async function errorsOver(schemes: readonly string[]): Promise<string[]> {
	const lab = await startShop();
	const jobs = schemes.map((scheme, i) =>
		JSON.stringify({
			job_name: `job ${i}`,
			scrape_interval: '5s',
			scheme,
			static_configs: [{ targets: ['shop-1:8000'] }]
		})
	);
	await lab.configure(`scrape_configs: [${jobs.join(', ')}]`);
	await lab.advance(lab.now + 6_000);
	return lab.targets().map(({ lastError }) => lastError);
}

it('fails over what is no HTTP as Go’s client does', async () => {
	const schemes = ['http', 'HTTP', 'gopher', 'Git+SSH', '', '1x', ':'];
	expect(await errorsOver(schemes)).toEqual([
		'',
		'',
		'Get "gopher://shop-1:8000/metrics": unsupported protocol scheme "gopher"',
		'Get "git+ssh://shop-1:8000/metrics": unsupported protocol scheme "git+ssh"',
		'Get "//shop-1:8000/metrics": unsupported protocol scheme ""',
		'parse "1x://shop-1:8000/metrics": first path segment in URL cannot contain colon',
		'parse ":://shop-1:8000/metrics": missing protocol scheme'
	]);
});

it('reads an HTTPS in upper case as one', async () => {
	expect(await errorsOver(['HTTPS'])).toEqual([
		'Get "https://shop-1:8000/metrics": http: server gave HTTP response to HTTPS client'
	]);
});
