package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"syscall"
	"testing/synctest"
	"time"
)

// scrapeResponse is what an address does with one request.
type scrapeResponse struct {
	Status      int    `json:"status"`
	ContentType string `json:"contentType"`
	Body        []byte `json:"body"`
	// Milliseconds before anything comes back.
	Latency int64 `json:"latency"`
	// "refused": there is no connection. "closed": it is closed without an answer.
	Failure string `json:"failure"`
}

func (r scrapeResponse) wait() {
	time.Sleep(time.Duration(r.Latency) * time.Millisecond)
}

// scrapeRequest is one that has reached an address.
type scrapeRequest struct {
	Time   int64  `json:"time"`
	URL    string `json:"url"`
	Accept string `json:"accept"`
	// Seconds, as the header has them.
	Timeout string `json:"timeout"`
}

// network connects a client with scripted servers inside this process. Each connection carries one request.
type network struct {
	start     time.Time
	addresses map[string][]scrapeResponse
	// Connections that are still to be answered; a bubble may not end before them.
	open sync.WaitGroup

	mtx      sync.Mutex
	asked    map[string]int
	requests []scrapeRequest
}

func (n *network) dial(_ context.Context, _, address string) (net.Conn, error) {
	n.open.Add(1)
	defer n.open.Done()
	answer := n.next(address)
	if answer.Failure == "refused" {
		answer.wait()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	client, server := net.Pipe()
	n.open.Go(func() { n.serve(server, answer) })
	return client, nil
}

// next is the answer to the next request of an address. Where nothing was ever, connections are refused.
func (n *network) next(address string) scrapeResponse {
	n.mtx.Lock()
	defer n.mtx.Unlock()
	script := n.addresses[address]
	if len(script) == 0 {
		return scrapeResponse{Failure: "refused"}
	}
	turn := min(n.asked[address], len(script)-1)
	n.asked[address]++
	return script[turn]
}

func (n *network) serve(connection net.Conn, answer scrapeResponse) {
	defer connection.Close()
	received, err := http.ReadRequest(bufio.NewReader(connection))
	if err != nil {
		return
	}
	n.note(received)
	answer.wait()
	if answer.Failure == "closed" {
		return
	}
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: %d\r\n", answer.Status, http.StatusText(answer.Status), len(answer.Body))
	if answer.ContentType != "" {
		head += "Content-Type: " + answer.ContentType + "\r\n"
	}
	if _, err := connection.Write([]byte(head + "\r\n")); err == nil {
		_, _ = connection.Write(answer.Body)
	}
}

// wait returns when nobody asks or answers any more.
func (n *network) wait() {
	n.open.Wait()
	synctest.Wait()
}

func (n *network) note(received *http.Request) {
	n.mtx.Lock()
	defer n.mtx.Unlock()
	n.requests = append(n.requests, scrapeRequest{
		Time:    time.Now().UnixMilli(),
		URL:     "http://" + received.Host + received.RequestURI,
		Accept:  received.Header.Get("Accept"),
		Timeout: received.Header.Get("X-Prometheus-Scrape-Timeout-Seconds"),
	})
}

func (n *network) until(last int64) []scrapeRequest {
	n.mtx.Lock()
	defer n.mtx.Unlock()
	early := slices.DeleteFunc(slices.Clone(n.requests), func(r scrapeRequest) bool { return r.Time > last })
	return append([]scrapeRequest{}, early...)
}
