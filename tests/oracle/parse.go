package main

import (
	"errors"

	"github.com/prometheus/prometheus/promql/parser"
)

// parsed is what the parser made of one text: both ways of printing it, or its first complaint with the position in bytes.
type parsed struct {
	Text   string `json:"text,omitempty"`
	Pretty string `json:"pretty,omitempty"`
	Error  string `json:"error,omitempty"`
	From   int    `json:"from"`
	To     int    `json:"to"`
}

func parseAll(r request) []parsed {
	p := newParser(r.Features)
	all := make([]parsed, len(r.Parse))
	for i, text := range r.Parse {
		all[i] = parseOne(p, text)
	}
	return all
}

func parseOne(p parser.Parser, text string) parsed {
	expr, err := p.ParseExpr(text)
	if err == nil {
		return parsed{Text: expr.String(), Pretty: parser.Prettify(expr)}
	}
	var complaints parser.ParseErrors
	if errors.As(err, &complaints) && len(complaints) > 0 {
		first := complaints[0]
		return parsed{Error: first.Error(), From: int(first.PositionRange.Start), To: int(first.PositionRange.End)}
	}
	return parsed{Error: err.Error()}
}
