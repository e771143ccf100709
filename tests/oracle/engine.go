package main

import (
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
)

// The --enable-feature switches that concern the engine and the parser.
type engineSwitches struct {
	ExperimentalFunctions  bool `json:"experimentalFunctions"`
	DelayedNameRemoval     bool `json:"delayedNameRemoval"`
	ExtendedRangeSelectors bool `json:"extendedRangeSelectors"`
	BinopFillModifiers     bool `json:"binopFillModifiers"`
	StartTimestamps        bool `json:"startTimestamps"`
	TypeAndUnitLabels      bool `json:"typeAndUnitLabels"`
}

// newEngine is the engine as cmd/prometheus makes it, with its default limits.
func newEngine(switches engineSwitches) *promql.Engine {
	return promql.NewEngine(promql.EngineOpts{
		MaxSamples:               50_000_000,
		Timeout:                  2 * time.Minute,
		LookbackDelta:            5 * time.Minute,
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		EnableDelayedNameRemoval: switches.DelayedNameRemoval,
		UseStartTimestamps:       switches.StartTimestamps,
		EnableTypeAndUnitLabels:  switches.TypeAndUnitLabels,
		Parser:                   newParser(switches),
	})
}

func newParser(switches engineSwitches) parser.Parser {
	return parser.NewParser(parser.Options{
		EnableExperimentalFunctions:  switches.ExperimentalFunctions,
		ExperimentalDurationExpr:     true,
		EnableExtendedRangeSelectors: switches.ExtendedRangeSelectors,
		EnableBinopFillModifiers:     switches.BinopFillModifiers,
	})
}
