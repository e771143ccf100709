package main

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/relabel"
)

// relabelCase is a label set, and rules for it.
type relabelCase struct {
	Rules []relabelRule `json:"rules"`
	// Name, value, name, value, …
	Labels []string `json:"labels"`
	// Names of labels of the set that are set last, in this order.
	Added []string `json:"added"`
}

type relabelRule struct {
	SourceLabels         model.LabelNames       `json:"sourceLabels"`
	Separator            string                 `json:"separator"`
	Regex                *string                `json:"regex"`
	Modulus              uint64                 `json:"modulus"`
	TargetLabel          string                 `json:"targetLabel"`
	Replacement          string                 `json:"replacement"`
	Action               relabel.Action         `json:"action"`
	NameValidationScheme model.ValidationScheme `json:"nameValidationScheme"`
}

// relabeled is what the rules make of the set, and what each of them does when nothing of it was set last; or what is wrong with
// the first rule that is not valid.
type relabeled struct {
	Error  string        `json:"error,omitempty"`
	Keep   bool          `json:"keep"`
	Labels []string      `json:"labels,omitempty"`
	Steps  []relabelStep `json:"steps,omitempty"`
}

type relabelStep struct {
	Keep   bool     `json:"keep"`
	Labels []string `json:"labels,omitempty"`
}

// relabelAll reads cases, one JSON line each, and answers with a line each, in order.
func relabelAll() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var c relabelCase
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			return err
		}
		out.Write(append(encode(c.relabel()), '\n'))
	}
	return in.Err()
}

func (c relabelCase) relabel() relabeled {
	rules := make([]*relabel.Config, len(c.Rules))
	for i, r := range c.Rules {
		rule, err := r.config()
		if err != nil {
			return relabeled{Error: err.Error()}
		}
		rules[i] = rule
	}
	result := relabeled{Steps: c.steps(rules)}
	builder := c.builder()
	result.Keep = relabel.ProcessBuilder(builder, rules...)
	if result.Keep {
		result.Labels = flatLabels(builder.Labels())
	}
	return result
}

func (r relabelRule) config() (*relabel.Config, error) {
	regex := relabel.DefaultRelabelConfig.Regex
	if r.Regex != nil {
		var err error
		if regex, err = relabel.NewRegexp(*r.Regex); err != nil {
			return nil, err
		}
	}
	rule := &relabel.Config{
		SourceLabels: r.SourceLabels,
		Separator:    r.Separator,
		Regex:        regex,
		Modulus:      r.Modulus,
		TargetLabel:  r.TargetLabel,
		Replacement:  r.Replacement,
		Action:       r.Action,

		NameValidationScheme: r.NameValidationScheme,
	}
	return rule, rule.Validate(model.UTF8Validation)
}

func (c relabelCase) builder() *labels.Builder {
	all := labels.FromStrings(c.Labels...)
	var base []string
	all.Range(func(l labels.Label) {
		if !slices.Contains(c.Added, l.Name) {
			base = append(base, l.Name, l.Value)
		}
	})
	builder := labels.NewBuilder(labels.FromStrings(base...))
	for _, name := range c.Added {
		builder.Set(name, all.Get(name))
	}
	return builder
}

// steps is what web/api/v1, targetRelabelSteps does.
func (c relabelCase) steps(rules []*relabel.Config) []relabelStep {
	steps := make([]relabelStep, len(rules))
	builder := labels.NewBuilder(labels.FromStrings(c.Labels...))
	keep := true
	for i, rule := range rules {
		if keep {
			keep = relabel.ProcessBuilder(builder, rule)
		}
		steps[i].Keep = keep
		if keep {
			steps[i].Labels = flatLabels(builder.Labels())
		}
	}
	return steps
}

func flatLabels(set labels.Labels) []string {
	flat := []string{}
	set.Range(func(l labels.Label) {
		flat = append(flat, l.Name, l.Value)
	})
	return flat
}
