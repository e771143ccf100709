package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"log/slog"
	"os"

	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery"
	"github.com/prometheus/prometheus/model/relabel"
	"go.yaml.in/yaml/v2"
)

// configured is what Prometheus makes of one configuration file: the file with all its defaults, or why it is refused.
type configured struct {
	Error string `json:"error,omitempty"`
	// All complaints about types, where the error is made of them.
	Complaints []string `json:"complaints,omitempty"`
	// As /api/v1/status/config prints it.
	Text   string      `json:"text,omitempty"`
	Values *configJSON `json:"values,omitempty"`
}

type limitsJSON struct {
	BodySizeLimit         int64 `json:"bodySizeLimit"`
	SampleLimit           uint  `json:"sampleLimit"`
	TargetLimit           uint  `json:"targetLimit"`
	LabelLimit            uint  `json:"labelLimit"`
	LabelNameLengthLimit  uint  `json:"labelNameLengthLimit"`
	LabelValueLengthLimit uint  `json:"labelValueLengthLimit"`
	KeepDroppedTargets    uint  `json:"keepDroppedTargets"`
}

type configJSON struct {
	Global        globalJSON   `json:"global"`
	RuleFiles     []string     `json:"ruleFiles"`
	ScrapeConfigs []scrapeJSON `json:"scrapeConfigs"`
}

type globalJSON struct {
	limitsJSON
	ScrapeInterval                 int64                   `json:"scrapeInterval"`
	ScrapeTimeout                  int64                   `json:"scrapeTimeout"`
	ScrapeProtocols                []config.ScrapeProtocol `json:"scrapeProtocols"`
	EvaluationInterval             int64                   `json:"evaluationInterval"`
	RuleQueryOffset                int64                   `json:"ruleQueryOffset"`
	ExternalLabels                 map[string]string       `json:"externalLabels"`
	MetricNameValidationScheme     string                  `json:"metricNameValidationScheme"`
	MetricNameEscapingScheme       string                  `json:"metricNameEscapingScheme"`
	ScrapeNativeHistograms         *bool                   `json:"scrapeNativeHistograms"`
	ConvertClassicHistogramsToNHCB bool                    `json:"convertClassicHistogramsToNhcb"`
	AlwaysScrapeClassicHistograms  bool                    `json:"alwaysScrapeClassicHistograms"`
	ExtraScrapeMetrics             *bool                   `json:"extraScrapeMetrics"`
}

type scrapeJSON struct {
	limitsJSON
	JobName                        string                  `json:"jobName"`
	HonorLabels                    bool                    `json:"honorLabels"`
	HonorTimestamps                bool                    `json:"honorTimestamps"`
	TrackTimestampsStaleness       bool                    `json:"trackTimestampsStaleness"`
	Params                         map[string][]string     `json:"params"`
	ScrapeInterval                 int64                   `json:"scrapeInterval"`
	ScrapeTimeout                  int64                   `json:"scrapeTimeout"`
	ScrapeProtocols                []config.ScrapeProtocol `json:"scrapeProtocols"`
	FallbackScrapeProtocol         config.ScrapeProtocol   `json:"fallbackScrapeProtocol"`
	ScrapeNativeHistograms         *bool                   `json:"scrapeNativeHistograms"`
	AlwaysScrapeClassicHistograms  *bool                   `json:"alwaysScrapeClassicHistograms"`
	ConvertClassicHistogramsToNHCB *bool                   `json:"convertClassicHistogramsToNhcb"`
	MetricsPath                    string                  `json:"metricsPath"`
	Scheme                         string                  `json:"scheme"`
	EnableCompression              bool                    `json:"enableCompression"`
	NativeHistogramBucketLimit     uint                    `json:"nativeHistogramBucketLimit"`
	NativeHistogramMinBucketFactor number                  `json:"nativeHistogramMinBucketFactor"`
	MetricNameValidationScheme     string                  `json:"metricNameValidationScheme"`
	MetricNameEscapingScheme       string                  `json:"metricNameEscapingScheme"`
	ExtraScrapeMetrics             *bool                   `json:"extraScrapeMetrics"`
	FollowRedirects                bool                    `json:"followRedirects"`
	EnableHTTP2                    bool                    `json:"enableHttp2"`
	RelabelConfigs                 []ruleJSON              `json:"relabelConfigs"`
	MetricRelabelConfigs           []ruleJSON              `json:"metricRelabelConfigs"`
	StaticConfigs                  []staticJSON            `json:"staticConfigs"`
}

type ruleJSON struct {
	SourceLabels []string `json:"sourceLabels"`
	Separator    string   `json:"separator"`
	Regex        string   `json:"regex"`
	Modulus      uint64   `json:"modulus"`
	TargetLabel  string   `json:"targetLabel"`
	Replacement  string   `json:"replacement"`
	Action       string   `json:"action"`
	Scheme       string   `json:"nameValidationScheme"`
}

type staticJSON struct {
	Targets []string          `json:"targets"`
	Labels  map[string]string `json:"labels"`
}

// loadConfigs reads configuration files, one JSON string a line, and answers with a line each, in order.
func loadConfigs() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var text string
		if err := json.Unmarshal(in.Bytes(), &text); err != nil {
			return err
		}
		out.Write(append(encode(loadOne(text)), '\n'))
	}
	return in.Err()
}

func loadOne(text string) configured {
	loaded, err := config.Load(text, slog.New(slog.DiscardHandler))
	if err == nil {
		return configured{Text: loaded.String(), Values: valuesOf(loaded)}
	}
	var typeError *yaml.TypeError
	if errors.As(err, &typeError) {
		return configured{Error: err.Error(), Complaints: typeError.Errors}
	}
	return configured{Error: err.Error()}
}

func valuesOf(c *config.Config) *configJSON {
	g := c.GlobalConfig
	values := configJSON{
		RuleFiles: c.RuleFiles,
		Global: globalJSON{
			limitsJSON: limitsJSON{
				int64(g.BodySizeLimit), g.SampleLimit, g.TargetLimit, g.LabelLimit,
				g.LabelNameLengthLimit, g.LabelValueLengthLimit, g.KeepDroppedTargets,
			},
			ScrapeInterval:                 int64(g.ScrapeInterval) / 1e6,
			ScrapeTimeout:                  int64(g.ScrapeTimeout) / 1e6,
			ScrapeProtocols:                g.ScrapeProtocols,
			EvaluationInterval:             int64(g.EvaluationInterval) / 1e6,
			RuleQueryOffset:                int64(g.RuleQueryOffset) / 1e6,
			ExternalLabels:                 g.ExternalLabels.Map(),
			MetricNameValidationScheme:     g.MetricNameValidationScheme.String(),
			MetricNameEscapingScheme:       g.MetricNameEscapingScheme,
			ScrapeNativeHistograms:         g.ScrapeNativeHistograms,
			ConvertClassicHistogramsToNHCB: g.ConvertClassicHistogramsToNHCB,
			AlwaysScrapeClassicHistograms:  g.AlwaysScrapeClassicHistograms,
			ExtraScrapeMetrics:             g.ExtraScrapeMetrics,
		},
	}
	for _, s := range c.ScrapeConfigs {
		values.ScrapeConfigs = append(values.ScrapeConfigs, scrapeValues(s))
	}
	return &values
}

func scrapeValues(s *config.ScrapeConfig) scrapeJSON {
	return scrapeJSON{
		limitsJSON: limitsJSON{
			int64(s.BodySizeLimit), s.SampleLimit, s.TargetLimit, s.LabelLimit,
			s.LabelNameLengthLimit, s.LabelValueLengthLimit, s.KeepDroppedTargets,
		},
		JobName:                        s.JobName,
		HonorLabels:                    s.HonorLabels,
		HonorTimestamps:                s.HonorTimestamps,
		TrackTimestampsStaleness:       s.TrackTimestampsStaleness,
		Params:                         s.Params,
		ScrapeInterval:                 int64(s.ScrapeInterval) / 1e6,
		ScrapeTimeout:                  int64(s.ScrapeTimeout) / 1e6,
		ScrapeProtocols:                s.ScrapeProtocols,
		FallbackScrapeProtocol:         s.ScrapeFallbackProtocol,
		ScrapeNativeHistograms:         s.ScrapeNativeHistograms,
		AlwaysScrapeClassicHistograms:  s.AlwaysScrapeClassicHistograms,
		ConvertClassicHistogramsToNHCB: s.ConvertClassicHistogramsToNHCB,
		MetricsPath:                    s.MetricsPath,
		Scheme:                         s.Scheme,
		EnableCompression:              s.EnableCompression,
		NativeHistogramBucketLimit:     s.NativeHistogramBucketLimit,
		NativeHistogramMinBucketFactor: number(s.NativeHistogramMinBucketFactor),
		MetricNameValidationScheme:     s.MetricNameValidationScheme.String(),
		MetricNameEscapingScheme:       s.MetricNameEscapingScheme,
		ExtraScrapeMetrics:             s.ExtraScrapeMetrics,
		FollowRedirects:                s.HTTPClientConfig.FollowRedirects,
		EnableHTTP2:                    s.HTTPClientConfig.EnableHTTP2,
		RelabelConfigs:                 ruleValues(s.RelabelConfigs),
		MetricRelabelConfigs:           ruleValues(s.MetricRelabelConfigs),
		StaticConfigs:                  staticValues(s.ServiceDiscoveryConfigs),
	}
}

func ruleValues(rules []*relabel.Config) []ruleJSON {
	var values []ruleJSON
	for _, r := range rules {
		var names []string
		if r.SourceLabels != nil {
			names = []string{}
		}
		for _, name := range r.SourceLabels {
			names = append(names, string(name))
		}
		values = append(values, ruleJSON{
			SourceLabels: names,
			Separator:    r.Separator,
			Regex:        r.Regex.String(),
			Modulus:      r.Modulus,
			TargetLabel:  r.TargetLabel,
			Replacement:  r.Replacement,
			Action:       string(r.Action),
			Scheme:       r.NameValidationScheme.String(),
		})
	}
	return values
}

func staticValues(configs discovery.Configs) []staticJSON {
	var values []staticJSON
	for _, c := range configs {
		groups, isStatic := c.(discovery.StaticConfig)
		if !isStatic {
			continue
		}
		for _, group := range groups {
			labels := map[string]string{}
			for name, value := range group.Labels {
				labels[string(name)] = string(value)
			}
			targets := []string{}
			for _, target := range group.Targets {
				targets = append(targets, string(target["__address__"]))
			}
			values = append(values, staticJSON{targets, labels})
		}
	}
	return values
}
