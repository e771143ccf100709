import { ESCAPING_SCHEMES, isEscapingScheme, type EscapingScheme } from '#engine/exposition';
import { compareText, quote } from '#engine/model';
import { checkRule, type RelabelRule } from '../relabel/rule.ts';
import {
	DEFAULT_SCRAPE_PROTOCOLS,
	PROTO_FIRST_SCRAPE_PROTOCOLS,
	type GlobalConfig,
	type NameValidationScheme,
	type ScrapeConfig,
	type ScrapeProtocol
} from './config.ts';
import { object, placeOf, type Decoder, type ValueNode } from './decode.ts';
import { inheritLimits } from './limits.ts';
import { toRule, type RawRule } from './relabel-config.ts';
import type { RawScrapeConfig } from './scrape-config.ts';
import { protocolError, protocolsError } from './scrape-protocols.ts';

/** A scrape config that is being finished, and how to say what is wrong with one of its fields. */
interface Unfinished {
	readonly decoder: Decoder;
	readonly raw: RawScrapeConfig;
	readonly global: GlobalConfig;
	readonly fail: (field: keyof RawScrapeConfig, message: string) => undefined;
}

/**
 * Gives a scrape config what it leaves to `global`, and checks what comes of it, in Prometheus' order; undefined when something is
 * wrong (config/config.go, ScrapeConfig.Validate).
 */
export function finishScrapeConfig(
	decoder: Decoder,
	raw: RawScrapeConfig,
	global: GlobalConfig,
	node: ValueNode
): ScrapeConfig | undefined {
	const before = decoder.failures;
	const fail = (field: keyof RawScrapeConfig, message: string) =>
		object(decoder, placeOf(decoder, raw, field) ?? node, message);
	const unfinished = { decoder, raw, global, fail };
	const times = finishTimes(unfinished);
	const histograms = finishHistograms(raw, global);
	const protocols = finishProtocols(unfinished, histograms.scrapeNativeHistograms);
	const schemes = finishSchemes(unfinished);
	const scheme = schemes?.metricNameValidationScheme ?? 'utf8';
	const relabelConfigs = finishRules(unfinished, raw.relabelConfigs, scheme);
	const metricRelabelConfigs = finishRules(unfinished, raw.metricRelabelConfigs, scheme);
	if (decoder.failures > before || !times || !protocols || !schemes) return undefined;
	return {
		...raw,
		...times,
		...inheritLimits(raw, global),
		...histograms,
		...protocols,
		...schemes,
		params: [...(raw.params ?? [])]
			.map(([name, values]) => [name, values ?? []] as const)
			.sort(([a], [b]) => compareText(a, b)),
		extraScrapeMetrics: raw.extraScrapeMetrics ?? global.extraScrapeMetrics,
		relabelConfigs,
		metricRelabelConfigs,
		staticConfigs: raw.staticConfigs?.filter((config) => config !== null) ?? []
	};
}

type Times = Pick<ScrapeConfig, 'scrapeInterval' | 'scrapeTimeout'>;

function finishTimes({ raw, global, fail }: Unfinished): Times | undefined {
	const scrapeInterval = raw.scrapeInterval || global.scrapeInterval;
	if (raw.scrapeTimeout > scrapeInterval) {
		return fail(
			'scrapeTimeout',
			`scrape timeout greater than scrape interval for scrape config with job name ${quote(raw.jobName)}`
		);
	}
	const scrapeTimeout = raw.scrapeTimeout || Math.min(global.scrapeTimeout, scrapeInterval);
	return { scrapeInterval, scrapeTimeout };
}

type Histograms = Pick<
	ScrapeConfig,
	'scrapeNativeHistograms' | 'alwaysScrapeClassicHistograms' | 'convertClassicHistogramsToNhcb'
>;

function finishHistograms(raw: RawScrapeConfig, global: GlobalConfig): Histograms {
	return {
		scrapeNativeHistograms: raw.scrapeNativeHistograms ?? global.scrapeNativeHistograms,
		alwaysScrapeClassicHistograms:
			raw.alwaysScrapeClassicHistograms ?? global.alwaysScrapeClassicHistograms,
		convertClassicHistogramsToNhcb:
			raw.convertClassicHistogramsToNhcb ?? global.convertClassicHistogramsToNhcb
	};
}

type Protocols = Pick<ScrapeConfig, 'scrapeProtocols' | 'fallbackScrapeProtocol'>;

function finishProtocols(
	{ raw, global, fail }: Unfinished,
	withNativeHistograms: boolean
): Protocols | undefined {
	const job = `for scrape config with job name ${quote(raw.jobName)}`;
	const otherwise = withNativeHistograms ? PROTO_FIRST_SCRAPE_PROTOCOLS : DEFAULT_SCRAPE_PROTOCOLS;
	const names = raw.scrapeProtocols ?? global.scrapeProtocols ?? otherwise;
	const wrong = protocolsError(names);
	if (wrong !== undefined) return fail('scrapeProtocols', `${wrong} ${job}`);
	const fallback = raw.fallbackScrapeProtocol;
	const unknown = fallback === '' ? undefined : protocolError(fallback);
	if (unknown !== undefined) {
		return fail('fallbackScrapeProtocol', `invalid fallback_scrape_protocol ${job}: ${unknown}`);
	}
	return {
		scrapeProtocols: names as readonly ScrapeProtocol[],
		fallbackScrapeProtocol: fallback as ScrapeProtocol | ''
	};
}

type Schemes = Pick<ScrapeConfig, 'metricNameValidationScheme' | 'metricNameEscapingScheme'>;

/** What names may be, and how a target is asked to write those that it could not otherwise. */
function finishSchemes({ raw, global, fail }: Unfinished): Schemes | undefined {
	const validation = raw.metricNameValidationScheme || global.metricNameValidationScheme;
	const globalEscaping =
		global.metricNameEscapingScheme || usualEscaping(global.metricNameValidationScheme);
	if (!isEscapingScheme(globalEscaping)) {
		return fail('metricNameEscapingScheme', unknownEscaping('global', globalEscaping));
	}
	// A job that says what names may be does not take how to write them from `global`.
	const inherited =
		raw.metricNameValidationScheme === '' ? globalEscaping : usualEscaping(validation);
	const escaping = raw.metricNameEscapingScheme || inherited;
	if (!isEscapingScheme(escaping)) {
		return fail('metricNameEscapingScheme', unknownEscaping('scrape config', escaping));
	}
	if (escaping === 'allow-utf-8' && validation !== 'utf8') {
		return fail(
			'metricNameEscapingScheme',
			'utf8 metric names requested but validation scheme is not set to UTF8'
		);
	}
	return { metricNameValidationScheme: validation, metricNameEscapingScheme: escaping };
}

function usualEscaping(validation: NameValidationScheme): EscapingScheme {
	return validation === 'legacy' ? 'underscores' : 'allow-utf-8';
}

function unknownEscaping(where: string, got: string): string {
	const [a, b, c, d] = ESCAPING_SCHEMES;
	return `unknown ${where} name escaping method specified, must be one of '${a}', '${b}', '${c}', or '${d}', got ${quote(got)}`;
}

function finishRules(
	{ decoder, fail }: Unfinished,
	raws: readonly (RawRule | null)[] | null,
	scheme: NameValidationScheme
): RelabelRule[] {
	return (raws ?? []).flatMap((raw) => {
		if (raw === null) return [];
		const rule = toRule(raw, scheme);
		const error = checkRule(rule);
		const place = placeOf(decoder, raw);
		if (error !== undefined && place) object(decoder, place, error);
		else if (error !== undefined) fail('relabelConfigs', error);
		return [rule];
	});
}
