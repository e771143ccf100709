import { describe, expect, it } from 'vitest';
import { jobPlace, jobPlaceInForce } from '../../../src/routes/sandbox/job-place.ts';

function check(text: string, expected: string | undefined, job = 'shop') {
	const place = jobPlace(text, job);
	expect(place && `${place.line}:${place.column}`).toBe(expected);
}

describe('jobPlace', () => {
	it('is where a job is named', () => {
		check('scrape_configs:\n  - job_name: shop', '2:5');
		check('scrape_configs:\n- scheme: http\n  job_name: shop # the shop', '3:3');
	});

	it('takes names between quotes', () => {
		check(`- job_name: "shop"`, '1:3');
		check(`- job_name: 'the shop'`, '1:3', 'the shop');
	});

	it('is not that of another job, or of a remark', () => {
		check('- job_name: shopping\n# - job_name: shop\n- job_name: shop', '3:3');
		check('- job_name: "shop""', undefined);
	});

	it('is unknown where the file is written in another way', () => {
		check('scrape_configs: [{ job_name: shop }]', undefined);
		check('', undefined);
	});
});

describe('jobPlaceInForce', () => {
	const IN_FORCE = 'scrape_configs:\n  - job_name: shop';

	it('has the line of what is in force, and the place in the draft', () => {
		expect(jobPlaceInForce(IN_FORCE, `# a draft\n\n${IN_FORCE}`, 'shop')).toEqual({
			line: 2,
			inDraft: { line: 4, column: 5 }
		});
	});

	it('is none where the draft names another job, or the text in force cannot be read', () => {
		expect(jobPlaceInForce(IN_FORCE, IN_FORCE.replace('shop', 'shops'), 'shop')).toBeUndefined();
		expect(jobPlaceInForce('[{ job_name: shop }]', IN_FORCE, 'shop')).toBeUndefined();
	});
});
