// Prometheus' own engine and database behind a pipe, for what compares Promenade with them.
//
//	oracle answer        queries over series that come with them, and texts to parse: see answer.go
//	oracle bench         loads whole data sets into a TSDB and times queries: see bench.go
//	oracle scripts DIR   runs test scripts on the real engine: see scripts.go
//	oracle exposition    reads pages of metrics: see exposition.go
//	oracle nhcb          reads pages, and converts their classic histograms: see nhcb.go
//	oracle config        loads configuration files: see config.go
//	oracle relabel       applies relabelling rules to label sets: see relabel.go
//	oracle export        makes blocks of dumps and queries them: see export.go
//	oracle scrape        plays scenarios of scraping on a virtual clock: see scrape.go
//	oracle stats         counts the samples of queries: see stats.go
//
// All but the scripts end when their standard input is closed.
package main

import (
	"fmt"
	"os"
)

func main() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) == 1 && args[0] == "answer":
		err = answer()
	case len(args) == 1 && args[0] == "bench":
		err = bench()
	case len(args) == 1 && args[0] == "exposition":
		err = exposition()
	case len(args) == 1 && args[0] == "nhcb":
		err = convertPages()
	case len(args) == 1 && args[0] == "config":
		err = loadConfigs()
	case len(args) == 1 && args[0] == "relabel":
		err = relabelAll()
	case len(args) == 1 && args[0] == "export":
		err = askExports()
	case len(args) == 1 && args[0] == "scrape":
		err = scrapeAll()
	case len(args) == 1 && args[0] == "stats":
		err = countSamples()
	case len(args) == 2 && args[0] == "scripts":
		os.Exit(runScripts(args[1]))
	default:
		fmt.Fprintln(os.Stderr, "usage: oracle answer | bench | scripts DIR | exposition | nhcb | config | relabel | export | scrape | stats")
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
