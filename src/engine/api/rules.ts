import { quote } from '#engine/model';
import { answer, ApiError, invalidParameter, success } from './api-error.ts';
import type { ApiResponse } from './api.ts';
import { parseWhole } from './count-parameter.ts';
import type { JsonMap } from './json-map.ts';
import { matcherSet } from './series-parameter.ts';

/** What the rules endpoint can be asked for; texts as the HTTP API takes them. */
export interface RulesParams {
	readonly type?: string;
	readonly match?: readonly string[];
	readonly excludeAlerts?: string;
	readonly groupLimit?: string;
	readonly groupNextToken?: string;
}

const INT32 = 2n ** 31n - 1n;

/** The rules endpoint where there are no rules: wrong parameters are refused all the same (web/api/v1, rules). */
export function noRules(params: RulesParams): ApiResponse<JsonMap> {
	return answer(() => {
		const { type = '', match = [] } = params;
		match.forEach((text) => matcherSet(text, (message) => new ApiError('bad_data', message)));
		const kind = type.toLowerCase();
		if (!['', 'alert', 'record'].includes(kind)) {
			throw invalidParameter('type', `not supported value ${quote(kind)}`);
		}
		checkExcludeAlerts(params);
		checkPage(params);
		return success({ groups: [] });
	});
}

function checkExcludeAlerts({ excludeAlerts = '' }: RulesParams): void {
	const text = excludeAlerts.toLowerCase();
	if (['', '1', 't', 'true', '0', 'f', 'false'].includes(text)) return;
	throw invalidParameter(
		'exclude_alerts',
		`error converting exclude_alerts: strconv.ParseBool: parsing ${quote(text)}: invalid syntax`
	);
}

function checkPage({ groupLimit = '', groupNextToken = '' }: RulesParams): void {
	if (groupNextToken !== '' && groupLimit === '') {
		throw invalidParameter(
			'group_next_token',
			'group_limit needs to be present in order to paginate over the groups'
		);
	}
	if (groupLimit === '') return;
	const read = parseWhole(groupLimit, 'ParseInt', INT32);
	if (typeof read === 'string') {
		throw invalidParameter('group_limit', `group_limit needs to be a valid number: ${read}`);
	}
	if (read <= 0) throw invalidParameter('group_limit', 'group_limit needs to be greater than 0');
	if (groupNextToken !== '') {
		throw invalidParameter(
			'group_next_token',
			`invalid group_next_token '${groupNextToken}'. were rule groups changed?`
		);
	}
}
