package main

import (
	"bufio"
	"encoding/json"
	"os"
	"runtime"
	"sync"
)

// A request is one JSON line with series and queries over them, or texts to parse. The reply has the same id; replies come in
// any order, because several requests are worked on at once.
type request struct {
	ID     int      `json:"id"`
	Series []series `json:"series"`
	// Whether the series go through Prometheus' own head; else they are read as they came.
	Head    bool    `json:"head"`
	Queries []query `json:"queries"`
	// Whether to say what the head holds.
	ReadBack bool `json:"readBack"`

	Parse    []string       `json:"parse"`
	Features engineSwitches `json:"features"`
}

type reply struct {
	ID      int             `json:"id"`
	Error   string          `json:"error,omitempty"`
	Answers [][]answered    `json:"answers,omitempty"`
	Stored  []storedSamples `json:"stored,omitempty"`
	Parsed  []parsed        `json:"parsed,omitempty"`
}

func answer() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	var pending sync.WaitGroup
	var writing sync.Mutex
	out := bufio.NewWriter(os.Stdout)
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return err
		}
		places <- struct{}{}
		pending.Go(func() {
			line := encode(r.reply())
			writing.Lock()
			defer writing.Unlock()
			out.Write(append(line, '\n'))
			out.Flush()
			<-places
		})
	}
	pending.Wait()
	return in.Err()
}

func (r request) reply() reply {
	all := reply{ID: r.ID, Parsed: parseAll(r)}
	if !r.Head {
		all.Answers = answerAll(r, newStore(r.Series))
		return all
	}
	data, err := newHead(r.Series)
	if err == nil {
		defer data.remove()
		all.Answers = answerAll(r, data)
		if r.ReadBack {
			all.Stored, err = data.readBack()
		}
	}
	if err != nil {
		all.Error = err.Error()
	}
	return all
}

// encode panics, because all that is encoded here is plain data.
func encode(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}
