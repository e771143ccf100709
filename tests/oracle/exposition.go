package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"strconv"

	"github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// page is what a target answered. Bytes go as base64 both ways: they may be no UTF-8.
type page struct {
	ContentType string `json:"contentType"`
	Body        []byte `json:"body"`
}

// readPage is all that the parser finds in a page, or what it says of the first thing that it cannot read.
type readPage struct {
	Error    string       `json:"error,omitempty"`
	Samples  []readSample `json:"samples,omitempty"`
	Metadata []readFact   `json:"metadata,omitempty"`
}

type readSample struct {
	// Name, value, name, value, …
	Labels [][]byte `json:"labels"`
	// The bits in hexadecimal.
	Value string `json:"value"`
	// In milliseconds, as a text, because JSON readers make a float of it.
	Timestamp string        `json:"timestamp,omitempty"`
	Exemplar  *readExemplar `json:"exemplar,omitempty"`
}

type readExemplar struct {
	Labels    [][]byte `json:"labels"`
	Value     string   `json:"value"`
	Timestamp string   `json:"timestamp,omitempty"`
}

// readFact is what a HELP, TYPE or UNIT line says.
type readFact struct {
	Kind string `json:"kind"`
	Name []byte `json:"name"`
	Text []byte `json:"text"`
}

// exposition reads pages, one JSON line each, and answers with a line each, in order.
func exposition() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var p page
		if err := json.Unmarshal(in.Bytes(), &p); err != nil {
			return err
		}
		out.Write(append(encode(p.read()), '\n'))
	}
	return in.Err()
}

func (p page) read() readPage {
	parser, err := textparse.New(p.Body, p.ContentType, nil, textparse.ParserOptions{})
	if err != nil {
		return readPage{Error: err.Error()}
	}
	var all readPage
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			return readPage{Error: err.Error()}
		}
		switch entry {
		case textparse.EntrySeries:
			all.Samples = append(all.Samples, sampleOf(parser))
		case textparse.EntryHelp:
			name, text := parser.Help()
			all.Metadata = append(all.Metadata, factOf("help", name, text))
		case textparse.EntryType:
			name, metricType := parser.Type()
			all.Metadata = append(all.Metadata, factOf("type", name, []byte(metricType)))
		case textparse.EntryUnit:
			name, text := parser.Unit()
			all.Metadata = append(all.Metadata, factOf("unit", name, text))
		}
	}
}

// factOf copies: the parser reuses its bytes.
func factOf(kind string, name, text []byte) readFact {
	return readFact{Kind: kind, Name: append([]byte{}, name...), Text: append([]byte{}, text...)}
}

func sampleOf(parser textparse.Parser) readSample {
	_, timestamp, value := parser.Series()
	var set labels.Labels
	parser.Labels(&set)
	// Every series that a scrape stores passes through a builder, which takes labels with an empty value away.
	set = labels.NewBuilder(set).Labels()
	sample := readSample{Labels: labelBytes(set), Value: bitsOf(value)}
	if timestamp != nil {
		sample.Timestamp = strconv.FormatInt(*timestamp, 10)
	}
	var example exemplar.Exemplar
	if parser.Exemplar(&example) {
		sample.Exemplar = &readExemplar{Labels: labelBytes(example.Labels.WithoutEmpty()), Value: bitsOf(example.Value)}
		if example.HasTs {
			sample.Exemplar.Timestamp = strconv.FormatInt(example.Ts, 10)
		}
	}
	return sample
}

func labelBytes(set labels.Labels) [][]byte {
	flat := [][]byte{}
	set.Range(func(l labels.Label) {
		flat = append(flat, []byte(l.Name), []byte(l.Value))
	})
	return flat
}

func bitsOf(value float64) string {
	return strconv.FormatUint(math.Float64bits(value), 16)
}
