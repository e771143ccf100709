import { formatDuration } from '#engine/model';
import type { Fault } from '#engine/sim';

/** A fault in the words of the event list. */
export function describeFault(fault: Fault): string {
	switch (fault.kind) {
		case 'crash':
			return `${fault.instance} crashes, down for ${formatDuration(fault.downFor)}`;
		case 'error-burst': {
			const where = fault.endpoint ? ` on ${fault.endpoint}` : '';
			return `${Math.round(fault.share * 100)} % of requests fail${where}`;
		}
		case 'slow-dependency':
			return `${fault.dependency} is ${fault.factor} times slower`;
		case 'lost-scrape':
			return `scrapes of ${fault.instance ?? 'every target'} get lost`;
		case 'outbound-cut':
			return 'the service can call nobody';
	}
}
