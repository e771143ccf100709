package main

import (
	"github.com/prometheus/prometheus/model/histogram"
)

// floatHistogram is a native histogram as Promenade writes it, with an index for each bucket in place of spans.
type floatHistogram struct {
	Schema        int32    `json:"schema"`
	ZeroThreshold number   `json:"zeroThreshold"`
	ZeroCount     number   `json:"zeroCount"`
	Count         number   `json:"count"`
	Sum           number   `json:"sum"`
	Positive      buckets  `json:"positive"`
	Negative      buckets  `json:"negative"`
	CustomValues  []number `json:"customValues"`
	CounterReset  string   `json:"counterReset"`
}

type buckets struct {
	Indexes []int32  `json:"indexes"`
	Counts  []number `json:"counts"`
}

var hintNames = []string{"unknown", "reset", "not_reset", "gauge"}

func (h floatHistogram) decode() *histogram.FloatHistogram {
	decoded := &histogram.FloatHistogram{
		Schema:        h.Schema,
		ZeroThreshold: float64(h.ZeroThreshold),
		ZeroCount:     float64(h.ZeroCount),
		Count:         float64(h.Count),
		Sum:           float64(h.Sum),
	}
	decoded.PositiveSpans, decoded.PositiveBuckets = h.Positive.decode()
	decoded.NegativeSpans, decoded.NegativeBuckets = h.Negative.decode()
	for _, bound := range h.CustomValues {
		decoded.CustomValues = append(decoded.CustomValues, float64(bound))
	}
	for hint, name := range hintNames {
		if name == h.CounterReset {
			decoded.CounterResetHint = histogram.CounterResetHint(hint)
		}
	}
	return decoded
}

func (b buckets) decode() ([]histogram.Span, []float64) {
	var spans []histogram.Span
	var counts []float64
	next := int32(0)
	for i, index := range b.Indexes {
		if i == 0 || index != next {
			spans = append(spans, histogram.Span{Offset: index - next})
		}
		spans[len(spans)-1].Length++
		counts = append(counts, float64(b.Counts[i]))
		next = index + 1
	}
	return spans, counts
}

func encodeHistogram(h *histogram.FloatHistogram) floatHistogram {
	return floatHistogram{
		Schema:        h.Schema,
		ZeroThreshold: number(h.ZeroThreshold),
		ZeroCount:     number(h.ZeroCount),
		Count:         number(h.Count),
		Sum:           number(h.Sum),
		Positive:      encodeBuckets(h.PositiveSpans, h.PositiveBuckets),
		Negative:      encodeBuckets(h.NegativeSpans, h.NegativeBuckets),
		CustomValues:  toNumbers(h.CustomValues),
		CounterReset:  hintNames[h.CounterResetHint],
	}
}

func encodeBuckets(spans []histogram.Span, counts []float64) buckets {
	encoded := buckets{Indexes: []int32{}, Counts: toNumbers(counts)}
	next := int32(0)
	for _, span := range spans {
		next += span.Offset
		for range span.Length {
			encoded.Indexes = append(encoded.Indexes, next)
			next++
		}
	}
	return encoded
}
