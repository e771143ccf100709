import type { Attachment } from 'svelte/attachments';

/** A step of a play lasts so long, in milliseconds: half an hour in columns of 30 s passes in about six seconds. */
const PACE = 100;

/** Calls `step` again and again while `isPlaying` says so, as long as the element is on the page and the page can be seen. */
export function playing(isPlaying: () => boolean, step: () => void): Attachment<HTMLElement> {
	return () => {
		if (!isPlaying()) return;
		const timer = setInterval(() => {
			if (!document.hidden) step();
		}, PACE);
		return () => clearInterval(timer);
	};
}
