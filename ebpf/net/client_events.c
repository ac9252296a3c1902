// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <inttypes.h>
#include <stdio.h>

#include "lab_version.h"
#include "latency_report.h"
#include "say.h"

static const char *const phase_names[] = {
	[LOAD_WAITING] = "waiting",	[LOAD_HELD] = "held",	      [LOAD_WARMUP] = "warmup",
	[LOAD_MEASURING] = "measuring", [LOAD_DRAINING] = "draining", [LOAD_DONE] = "done",
};

static const char *const end_names[] = {
	[LOAD_RUNNING] = "running",	    [LOAD_COMPLETE] = "complete",
	[LOAD_MEMORY_LOST] = "memory_lost", [LOAD_INTERRUPTED] = "interrupted",
	[LOAD_NO_PROGRESS] = "no_progress",
};

static const char *const verdict_names[] = {
	[LIN_LINEARIZABLE] = "linearizable",
	[LIN_VIOLATED] = "violated",
	[LIN_NOT_DECIDED] = "not_decided",
};

void client_say_boot(struct client_process *client, uint32_t payload_max_bytes)
{
	const struct client_config *config = &client->config;

	event_boot(&client->events, &(struct event_boot){
					    .role = "client",
					    .replicas = config->peers.count,
					    .incarnation = client->incarnation,
					    .runId = config->run_id,
					    .offloads = "",
					    .payloadMaxBytes = payload_max_bytes < WIRE_PAYLOAD_MAX
								       ? payload_max_bytes
								       : WIRE_PAYLOAD_MAX,
					    .version = LAB_VERSION,
				    });
	say(SAY_NOTICE, "client", "%u clients, payload %u B, %u %% GETs, seed %" PRIu64,
	    config->clients, config->payload_bytes, config->get_percent, config->seed);
}

void client_say_phase(void *ctx, enum load_phase phase)
{
	struct client_process *client = ctx;
	const struct client_config *config = &client->config;

	event_phase(&client->events,
		    &(struct event_phase){
			    .phase = phase_names[phase],
			    .clients = config->clients,
			    .requests = config->requests,
			    .durationMs = config->requests ? 0 : config->duration_ns / 1000000,
			    .warmupMs = config->warmup_ns / 1000000,
			    .payloadBytes = config->payload_bytes,
		    });
	say(SAY_NOTICE, "client", "%s", phase_names[phase]);
}

void client_say_interval(void *ctx, const struct load_interval *interval)
{
	struct client_process *client = ctx;
	size_t i;

	for (i = 0; i < interval->used_count; i++) {
		client->histogram[2 * i] = interval->used[i];
		client->histogram[2 * i + 1] = interval->counts[i];
	}
	event_interval(&client->events,
		       &(struct event_interval){
			       .phase = phase_names[interval->phase],
			       .index = interval->index,
			       .startUs = interval->start_us,
			       .durationUs = interval->duration_us,
			       .completed = interval->completed,
			       .timeouts = interval->timeouts,
			       .retries = interval->retries,
			       .sumNs = interval->sum_ns,
			       .minNs = interval->min_ns,
			       .maxNs = interval->max_ns,
			       .hist = {client->histogram, 2 * interval->used_count},
		       });
}

void client_say_outage(void *ctx, const struct load_outage *outage)
{
	struct client_process *client = ctx;

	event_outage(&client->events, &(struct event_outage){
					      .startUs = outage->start_us,
					      .durationUs = outage->duration_us,
					      .leaderBefore = outage->leader_before,
					      .leaderAfter = outage->leader_after,
				      });
	say(SAY_WARN, "client", "no reply for %" PRIu64 " ms; %s answered before, %s after",
	    outage->duration_us / 1000, peers_name(&client->peers, outage->leader_before),
	    outage->leader_after ? peers_name(&client->peers, outage->leader_after) : "nobody");
}

static void say_no_progress(struct client_process *client)
{
	uint8_t leader = load_leader(client->load);
	uint64_t silent_ms = client->config.no_progress_ns / 1000000;

	event_no_progress(&client->events, &(struct event_no_progress){
						   .leader = leader,
						   .silentMs = silent_ms,
						   .outstanding = client->outstanding,
					   });
	say(SAY_ERROR, "client", "no progress: leader %s silent for %" PRIu64 " ms",
	    peers_name(&client->peers, leader), silent_ms);
}

static void say_summary(struct client_process *client, const struct load_summary *summary)
{
	event_summary(&client->events, &(struct event_summary){
					       .ended = end_names[summary->ended],
					       .requests = summary->requests,
					       .completed = summary->completed,
					       .timeouts = summary->timeouts,
					       .retries = summary->retries,
					       .durationNs = summary->duration_ns,
					       .sumNs = summary->sum_ns,
					       .minNs = summary->min_ns,
					       .maxNs = summary->max_ns,
					       .p50Ns = summary->p50_ns,
					       .p90Ns = summary->p90_ns,
					       .p95Ns = summary->p95_ns,
					       .p99Ns = summary->p99_ns,
					       .p999Ns = summary->p999_ns,
				       });
}

static void say_history(struct client_process *client)
{
	struct load_history history;

	load_history(client->load, &history);
	event_history(&client->events, &(struct event_history){
					       .op = history.op,
					       .operations = history.operations,
					       .complete = history.complete,
					       .hash = history.hash,
				       });
	say(SAY_NOTICE, "client", "log of %" PRIu64 " operations, hash %016" PRIx64 "%s",
	    history.op, history.hash,
	    history.complete ? "" : " (not all of them are known to this client)");
}

static void say_linearizability(struct client_process *client)
{
	struct lin_summary summary;

	load_linearizability(client->load, &summary);
	event_linearizability(&client->events,
			      &(struct event_linearizability){
				      .verdict = verdict_names[summary.verdict],
				      .keys = summary.keys,
				      .operations = summary.operations,
				      .pending = summary.pending,
				      .undecidedKeys = summary.undecided_keys,
				      .steps = summary.steps,
				      .costNs = load_linearizability_cost_ns(client->load),
				      .reason = summary.reason,
			      });
	say(summary.verdict == LIN_VIOLATED ? SAY_ERROR : SAY_NOTICE, "client",
	    "history of %" PRIu64 " operations on %u keys: %s%s%s", summary.operations,
	    summary.keys, verdict_names[summary.verdict], *summary.reason ? ": " : "",
	    summary.reason);
}

void client_say_end(struct client_process *client)
{
	struct load_summary summary;

	load_summary(client->load, &summary);
	if (summary.ended == LOAD_NO_PROGRESS)
		say_no_progress(client);
	if (summary.ended == LOAD_MEMORY_LOST)
		client_fail(client, "memory_lost", load_end_reason(client->load));
	say_summary(client, &summary);
	say_history(client);
	say_linearizability(client);
	latency_report_print(&client->config, &summary, end_names[summary.ended]);
}
