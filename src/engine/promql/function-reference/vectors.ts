import { exampleOf, type ReferenceTexts } from './reference-text.ts';

const QUEUES: readonly string[] = [
	'queue_length{instance="a-2"} 7',
	'queue_length{instance="a-10"} 3'
];

export const LABEL_TEXTS: ReferenceTexts = {
	label_replace: {
		params: {
			v: 'the series',
			dst_label: 'the label to set; an empty replacement removes it',
			replacement: 'its new value, in which `$1` is what the first parentheses matched',
			src_label: 'the label to look at',
			regex: 'what its whole value has to match'
		},
		about:
			'Sets a label from a part of another one, by a regular expression. Series that it does not match stay as they are.',
		trap: 'The expression has to match the whole value, and a missing label has the value `""`. When two series become the same by it, the query fails.',
		histograms: 'taken',
		example: exampleOf(
			['up{instance="web-1:8080"} 1'],
			'label_replace(up, "host", "$1", "instance", "(.*):.*")',
			'up{instance="web-1:8080", host="web-1"} 1'
		)
	},
	label_join: {
		params: {
			v: 'the series',
			dst_label: 'the label to set',
			separator: 'what to put between the values',
			src_label: 'the labels whose values are joined, in this order'
		},
		about: 'Sets a label to the values of several others, joined by a text.',
		trap: 'A label that a series does not have counts as `""`, and its separator stays.',
		histograms: 'taken',
		example: exampleOf(
			['up{job="shop", instance="a"} 1'],
			'label_join(up, "target", "/", "job", "instance")',
			'up{job="shop", instance="a", target="shop/a"} 1'
		)
	},
	info: {
		params: {
			v: 'the series',
			selector:
				'in braces, which labels to add and from which info metrics; `target_info` unless given'
		},
		about:
			'Adds the labels of an info metric to series of the same job and instance: what is otherwise a join with `group_left`. Labels that the series have themselves stay.',
		trap: 'The labels that have to be equal are always job and instance. A condition in the braces that does not match the empty text drops series for which there is no such info.',
		histograms: 'taken',
		example: exampleOf(
			['up{job="shop", instance="a"} 1', 'target_info{job="shop", instance="a", region="eu"} 1'],
			'info(up)',
			'up{job="shop", instance="a", region="eu"} 1'
		)
	}
};

export const VECTOR_TEXTS: ReferenceTexts = {
	absent: {
		params: { v: 'what should be there' },
		about:
			'1 when the vector has no series, else nothing: an alert on something that is missing. It gets the labels that a selector asks for with `=`.',
		trap: '`up == 0` is silent when the target itself is gone; `absent(up{job="shop"})` is not. It says that all are missing, and not which one.',
		histograms: 'taken',
		example: exampleOf(['up{job="shop"} 1'], 'absent(up{job="billing"})', '{job="billing"} 1')
	},
	sort: {
		params: { v: 'the series' },
		about: 'Orders the series by their values, the least first and NaN last.',
		trap: 'Only in a table: the series of a graph are always in the order of their labels.',
		histograms: 'left out',
		example: exampleOf(
			QUEUES,
			'sort(queue_length)',
			'queue_length{instance="a-10"} 3',
			'queue_length{instance="a-2"} 7'
		)
	},
	sort_desc: {
		params: { v: 'the series' },
		about: 'Orders the series by their values, the greatest first and NaN last.',
		trap: 'Only in a table: the series of a graph are always in the order of their labels.',
		histograms: 'left out',
		example: exampleOf(
			QUEUES,
			'sort_desc(queue_length)',
			'queue_length{instance="a-2"} 7',
			'queue_length{instance="a-10"} 3'
		)
	},
	sort_by_label: {
		params: { v: 'the series', label: 'the labels to go by, the first one first' },
		about:
			'Orders the series by labels, as people do: a-2 comes before a-10. Where these are equal all labels decide.',
		trap: 'Only in a table: the series of a graph are always in the order of their labels.',
		histograms: 'taken',
		example: exampleOf(
			QUEUES,
			'sort_by_label(queue_length, "instance")',
			'queue_length{instance="a-2"} 7',
			'queue_length{instance="a-10"} 3'
		)
	},
	sort_by_label_desc: {
		params: { v: 'the series', label: 'the labels to go by, the first one first' },
		about: 'Orders the series by labels, backwards: a-10 comes before a-2.',
		trap: 'Only in a table: the series of a graph are always in the order of their labels.',
		histograms: 'taken',
		example: exampleOf(
			QUEUES,
			'sort_by_label_desc(queue_length, "instance")',
			'queue_length{instance="a-10"} 3',
			'queue_length{instance="a-2"} 7'
		)
	},
	scalar: {
		params: { v: 'a vector of one series' },
		about:
			'The value of the only series, as a number without labels: to compute with it where no labels match, or as an argument such as the k of `topk()`.',
		trap: 'Without any series, or with two, it is NaN, and every comparison with NaN but `!=` gives nothing.',
		histograms: 'left out',
		example: exampleOf(['limit{job="shop"} 80'], 'scalar(limit) / 100', '0.8')
	},
	vector: {
		params: { s: 'a number' },
		about:
			'A number as a vector of one series without labels. As in `… or vector(0)` it says what a missing sum is to mean.',
		trap: 'It has no labels, so after `or` it appears beside other series that have some, instead of in their place.',
		histograms: 'none',
		example: exampleOf([], 'sum(errors) or vector(0)', '{} 0')
	},
	min_of: {
		params: { a: 'a number', b: 'another one' },
		about: 'The lesser of two numbers. Also in durations: `[min_of(step(), 5m)]`.',
		trap: 'It takes numbers, not vectors; the least series is `min()`.',
		histograms: 'none',
		example: exampleOf([], 'min_of(3, 5)', '3')
	},
	max_of: {
		params: { a: 'a number', b: 'another one' },
		about: 'The greater of two numbers. Also in durations: `[max_of(step(), 1m)]`.',
		trap: 'It takes numbers, not vectors; the greatest series is `max()`.',
		histograms: 'none',
		example: exampleOf([], 'max_of(3, 5)', '5')
	}
};
