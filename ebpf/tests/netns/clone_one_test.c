// SPDX-License-Identifier: Apache-2.0
/* Linked with the test-only program: a broadcast that fails must look like one. */
#include "capture.h"
#include "report.h"

#define BROADCASTS 10

int main(void)
{
	struct arrivals arrivals[CLUSTER_NODES + 1];
	struct bpf_broadcast_counts counts;
	struct bpf_broadcast *broadcast;
	struct cluster cluster;

	cluster_build(&cluster);
	report_begin("the test-only program serves one follower alone, and its counts say so");
	broadcast = cluster_load(&cluster, 5, true);
	for (unsigned int seq = 1; seq <= BROADCASTS; seq++) {
		const struct datagram datagram = {.flags = WIRE_F_CLONE,
						  .window = WIRE_WINDOW_MEASURED,
						  .payload_bytes = 64,
						  .op = seq,
						  .bcast_seq = seq};

		cluster_send(&cluster, cluster.node[CLUSTER_LEADER].udp, 4, &datagram);
	}
	capture_collect(&cluster, arrivals);
	cluster_counts(broadcast, &counts);
	for (uint8_t id = 2; id <= 5; id++) {
		report_equal(arrivals[id].datagrams, id == 2 ? BROADCASTS : 0,
			     "datagrams at replica %u", id);
		report_equal(counts.frames[WIRE_WINDOW_MEASURED][id], id == 2 ? BROADCASTS : 0,
			     "frames[1][%u]", id);
	}
	report_equal(counts.counters[BCAST_ORIGINALS], BROADCASTS, "originals");
	report_equal(counts.counters[BCAST_CLONES], 0, "clones");

	if (bpf_broadcast_set_view(broadcast, 1, true))
		report_fatal("setting the view");
	cluster_send(&cluster, cluster.node[CLUSTER_LEADER].udp, 4,
		     &(struct datagram){.flags = WIRE_F_CLONE, .op = 1, .bcast_seq = 1});
	capture_collect(&cluster, arrivals);
	cluster_counts(broadcast, &counts);
	report_equal(counts.counters[BCAST_STALE_VIEW], 1, "broadcasts of a view that is over");
	report_equal(arrivals[4].still_flagged, 1, "unchanged frames at replica 4");
	report_end();
	cluster_unload(&cluster, broadcast);
	return report_exit_code();
}
