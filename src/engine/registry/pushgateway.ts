/** Named so that code which pushes hears why it cannot, and does not stop at `undefined is not a constructor`. */
export class Pushgateway {
	/** Always throws. */
	constructor() {
		throw new Error(
			'There is no Pushgateway here: a browser tab has no network to push to. Metrics are scraped from the register; leave the pushing out'
		);
	}
}
