import { expect, test } from 'vitest';
import { parseSections } from './inspection-script';
import { mergeAttachments, parseNet, parseTcFilters } from './parse-attachments';
import { idsInVerbatim, parseHolders, parsePrograms } from './parse-programs';

/** bpftool 7.1 and tc 6.1 inside a container, kernel 6.18, with our program at TC egress and another one at generic XDP. */
const VERBATIM = `112: sched_cls  name lab_broadcast  tag 6d93a55983869661  gpl
	loaded_at 2026-11-23T18:05:21+0000  uid 0
	xlated 4344B  jited 2494B  memlock 8192B  map_ids 34,35,37,38,36
	btf_id 40
117: xdp  name pass  tag 614b434cd8324ecc  gpl
	loaded_at 2026-11-23T18:05:43+0000  uid 0
	xlated 16B  jited 23B  memlock 4096B
	btf_id 49
`;
const PROGRAMS =
  '[{"id":112,"type":"sched_cls","name":"lab_broadcast","tag":"6d93a55983869661","gpl_compatible":true,"loaded_at":1795457121,"uid":0,"bytes_xlated":4344,"jited":true,"bytes_jited":2494,"bytes_memlock":8192,"map_ids":[34,35,37,38,36],"btf_id":40},{"id":117,"type":"xdp","name":"pass","tag":"614b434cd8324ecc","gpl_compatible":true,"loaded_at":1795457143,"uid":0,"bytes_xlated":16,"jited":true,"bytes_jited":23,"bytes_memlock":4096,"btf_id":49}]\n';
const NET =
  '[{"xdp":[{"devname":"eth0","ifindex":39,"mode":"generic","id":117}],"tc":[{"devname":"eth0","ifindex":39,"kind":"clsact/egress","name":"broadcast.bpf.o:[tc]","id":112}],"flow_dissector":[]}]\n';
const TC =
  '[{"protocol":"all","pref":1,"kind":"bpf","chain":0},{"protocol":"all","pref":1,"kind":"bpf","chain":0,"options":{"handle":"0x1","bpf_name":"broadcast.bpf.o:[tc]","direct-action":true,"not_in_hw":true,"prog":{"id":112,"name":"lab_broadcast","tag":"6d93a55983869661","jited":1}}}]';

test("a captured listing becomes programs, with the container's own holders", () => {
  const programs = parsePrograms(PROGRAMS, parseHolders('112 1 replica\n112 1 replica\n112 61 a b\n999 1 replica\nnoise\n'));
  expect(programs[0]).toEqual({
    id: 112,
    type: 'sched_cls',
    name: 'lab_broadcast',
    tag: '6d93a55983869661',
    gplCompatible: true,
    loadedAt: 1795457121,
    uid: 0,
    bytesXlated: 4344,
    jited: true,
    bytesJited: 2494,
    bytesMemlock: 8192,
    mapIds: [34, 35, 37, 38, 36],
    btfId: 40,
    pids: [
      { pid: 1, comm: 'replica' },
      { pid: 61, comm: 'a b' },
    ],
    runCnt: null,
    runTimeNs: null,
  });
  expect(programs[1]).toMatchObject({ id: 117, type: 'xdp', mapIds: [], pids: [] });
  expect(idsInVerbatim(VERBATIM)).toEqual(programs.map(({ id }) => id));
});

test('run statistics, pids and fields of other versions are taken or ignored', () => {
  const json = '[{"id":5,"type":31,"future":{"x":1},"run_time_ns":900,"run_cnt":3,"pids":[{"pid":9,"comm":"systemd"}]}]';
  expect(parsePrograms(json, [])[0]).toMatchObject({
    id: 5,
    type: '31',
    name: '',
    runCnt: 3,
    runTimeNs: 900,
    pids: [{ pid: 9 }],
  });
});

test('captured attachments of both tools are merged, each once', () => {
  expect(mergeAttachments(parseNet(NET), parseTcFilters(TC, 'eth0', 'egress'))).toEqual([
    {
      kind: 'xdp',
      ifname: 'eth0',
      ifindex: 39,
      hook: 'generic',
      programId: 117,
      programName: '',
      priority: null,
      handle: null,
    },
    {
      kind: 'tc',
      ifname: 'eth0',
      ifindex: 39,
      hook: 'clsact/egress',
      programId: 112,
      programName: 'broadcast.bpf.o:[tc]',
      priority: 1,
      handle: '0x1',
    },
  ]);
  expect(mergeAttachments([], parseTcFilters(TC, 'eth0', 'egress'))).toHaveLength(1);
  expect(parseTcFilters('', 'eth0', 'ingress')).toEqual([]);
});

test('tcx links of newer versions keep their program', () => {
  const json =
    '[{"xdp":[],"tc":[{"devname":"eth0","ifindex":2,"kind":"tcx/egress","name":"lab","prog_id":7,"link_id":3}],"netkit":[]}]';
  expect(parseNet(json)).toMatchObject([{ kind: 'tcx', hook: 'tcx/egress', programId: 7, programName: 'lab' }]);
});

test("sections hold exactly the tool's bytes", () => {
  const mark = (name: string, code: number) => `\u001e${name}\u001e${code}\u001e\n`;
  const output = `${VERBATIM}${mark('verbatim', 0)}${PROGRAMS}${mark('programs', 0)}${mark('net', 127)}112 1 replica\n${mark('holders', 0)}`;
  expect(parseSections(output)).toEqual([
    { name: 'verbatim', exitCode: 0, text: VERBATIM },
    { name: 'programs', exitCode: 0, text: PROGRAMS },
    { name: 'net', exitCode: 127, text: '' },
    { name: 'holders', exitCode: 0, text: '112 1 replica\n' },
  ]);
  expect(() => parseSections('sh: not a shell\n')).toThrow('printed nothing that can be read');
});
