package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// classicPage is a page whose classic histograms are to become native ones.
type classicPage struct {
	page
	KeepClassic bool `json:"keepClassic"`
}

// convertedPage is all samples that the parser gives out, in order, or what it says of the first thing that it cannot read.
type convertedPage struct {
	Error string `json:"error,omitempty"`
	// Set when the parser cannot be asked: it has panicked, or might never come back.
	Mute    string            `json:"mute,omitempty"`
	Samples []convertedSample `json:"samples,omitempty"`
}

type convertedSample struct {
	Labels    [][]byte         `json:"labels"`
	Value     string           `json:"value,omitempty"`
	Histogram *customHistogram `json:"histogram,omitempty"`
	Timestamp string           `json:"timestamp,omitempty"`
	Exemplars []readExemplar   `json:"exemplars,omitempty"`
}

// customHistogram has an index for each bucket in place of spans; all floats are bits in hexadecimal.
type customHistogram struct {
	Schema  int32    `json:"schema"`
	Count   string   `json:"count"`
	Sum     string   `json:"sum"`
	Indexes []int32  `json:"indexes"`
	Counts  []string `json:"counts"`
	Bounds  []string `json:"bounds"`
}

// convertPages reads pages, one JSON line each, and answers with a line each, in order.
func convertPages() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var p classicPage
		if err := json.Unmarshal(in.Bytes(), &p); err != nil {
			return err
		}
		out.Write(append(encode(p.convert()), '\n'))
	}
	return in.Err()
}

func (p classicPage) convert() (all convertedPage) {
	defer func() {
		if cause := recover(); cause != nil {
			all = convertedPage{Mute: fmt.Sprint(cause)}
		}
	}()
	if p.mayHang() {
		return convertedPage{Mute: "endless"}
	}
	parser, err := textparse.New(p.Body, p.ContentType, nil, textparse.ParserOptions{
		ConvertClassicHistogramsToNHCB:          true,
		KeepClassicOnClassicAndNativeHistograms: p.KeepClassic,
	})
	if err != nil {
		return convertedPage{Error: err.Error()}
	}
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			return convertedPage{Error: err.Error(), Samples: all.Samples}
		}
		switch entry {
		case textparse.EntrySeries:
			_, timestamp, value := parser.Series()
			all.Samples = append(all.Samples, convertedOf(parser, timestamp, convertedSample{Value: bitsOf(value)}))
		case textparse.EntryHistogram:
			_, timestamp, h, fh := parser.Histogram()
			all.Samples = append(all.Samples, convertedOf(parser, timestamp, convertedSample{Histogram: customOf(h, fh)}))
		}
	}
}

// mayHang says whether the search for a start timestamp may run into an exemplar that it cannot read: parseComment does not end then.
func (p classicPage) mayHang() bool {
	parser, err := textparse.New(p.Body, p.ContentType, nil, textparse.ParserOptions{})
	if err != nil {
		return false
	}
	rest := p.Body
	for {
		if _, err = parser.Next(); err != nil {
			break
		}
		// In OpenMetrics every line is an entry.
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return !errors.Is(err, io.EOF) && bytes.Contains(line, []byte(" # "))
}

// convertedOf adds to a sample what both kinds have.
func convertedOf(parser textparse.Parser, timestamp *int64, sample convertedSample) convertedSample {
	var set labels.Labels
	parser.Labels(&set)
	sample.Labels = labelBytes(labels.NewBuilder(set).Labels())
	if timestamp != nil {
		sample.Timestamp = strconv.FormatInt(*timestamp, 10)
	}
	var example exemplar.Exemplar
	for parser.Exemplar(&example) {
		read := readExemplar{Labels: labelBytes(example.Labels.WithoutEmpty()), Value: bitsOf(example.Value)}
		if example.HasTs {
			read.Timestamp = strconv.FormatInt(example.Ts, 10)
		}
		sample.Exemplars = append(sample.Exemplars, read)
		example = exemplar.Exemplar{}
	}
	return sample
}

// customOf writes either kind of histogram: whole counts are exact as integers, and are rounded once to floats.
func customOf(h *histogram.Histogram, fh *histogram.FloatHistogram) *customHistogram {
	custom := customHistogram{Indexes: []int32{}, Counts: []string{}, Bounds: []string{}}
	var spans []histogram.Span
	var bounds []float64
	if h != nil {
		spans, bounds = h.PositiveSpans, h.CustomValues
		custom.Schema, custom.Count, custom.Sum = h.Schema, bitsOf(float64(h.Count)), bitsOf(h.Sum)
		count := int64(0)
		for _, delta := range h.PositiveBuckets {
			count += delta
			custom.Counts = append(custom.Counts, bitsOf(float64(count)))
		}
	} else {
		spans, bounds = fh.PositiveSpans, fh.CustomValues
		custom.Schema, custom.Count, custom.Sum = fh.Schema, bitsOf(fh.Count), bitsOf(fh.Sum)
		for _, count := range fh.PositiveBuckets {
			custom.Counts = append(custom.Counts, bitsOf(count))
		}
	}
	for _, bound := range bounds {
		custom.Bounds = append(custom.Bounds, bitsOf(bound))
	}
	next := int32(0)
	for _, span := range spans {
		next += span.Offset
		for range span.Length {
			custom.Indexes = append(custom.Indexes, next)
			next++
		}
	}
	return &custom
}
