/** Lines of one sampled operation as replicas and client of scenario3 printed them, one run of each variant. */
export const TC_BROADCAST_TRACE = [
  '{"v":1,"event":"trace","src":"client","tUs":1795624828923126,"every":1024,"monotonicUs":13693197074,"dropped":0,"costNs":48,"operations":2000,"op":[1024,1024],"point":[1,11],"peer":[1,1],"agoNs":[53399491,53333312]}',
  '{"v":1,"event":"trace","src":"replica1","tUs":1795624828935485,"every":1024,"monotonicUs":13693209433,"dropped":0,"costNs":52793,"operations":2000,"op":[1024,1024,1024,1024,1024,1024,1024,1024],"point":[2,3,8,9,10,8,5,4],"peer":[0,0,3,0,0,2,2,3],"agoNs":[65748606,65747975,65707915,65707655,65707414,65707915,65744369,65743508]}',
  '{"v":1,"event":"trace","src":"replica2","tUs":1795624828896254,"every":1024,"monotonicUs":13693170202,"dropped":0,"costNs":30517,"operations":1507,"op":[1024,1024],"point":[6,7],"peer":[1,1],"agoNs":[26493570,26488392]}',
  '{"v":1,"event":"trace","src":"replica3","tUs":1795624828910809,"every":1024,"monotonicUs":13693184757,"dropped":0,"costNs":46082,"operations":1774,"op":[1024,1024],"point":[6,7],"peer":[1,1],"agoNs":[41048109,41043372]}',
];

export const BASELINE_TRACE = [
  '{"v":1,"event":"trace","src":"client","tUs":1795624825908330,"every":1024,"monotonicUs":13690182277,"dropped":0,"costNs":46,"operations":1288,"op":[1024,1024],"point":[1,11],"peer":[1,1],"agoNs":[14817300,14760986]}',
  '{"v":1,"event":"trace","src":"replica1","tUs":1795624825894322,"every":1024,"monotonicUs":13690168270,"dropped":0,"costNs":25422,"operations":1035,"op":[1024,1024,1024,1024,1024,1024,1024,1024],"point":[2,3,3,8,9,10,4,4],"peer":[0,2,3,3,0,0,2,3],"agoNs":[800625,800195,792353,765973,765783,765673,796789,790280]}',
  '{"v":1,"event":"trace","src":"replica1","tUs":1795624826002448,"every":1024,"monotonicUs":13690276396,"dropped":0,"costNs":47668,"operations":2000,"op":[1024],"point":[8],"peer":[2],"agoNs":[108122095]}',
  '{"v":1,"event":"trace","src":"replica2","tUs":1795624825931614,"every":1024,"monotonicUs":13690205562,"dropped":0,"costNs":54321,"operations":1698,"op":[1024,1024],"point":[6,7],"peer":[1,1],"agoNs":[37469305,37464398]}',
  '{"v":1,"event":"trace","src":"replica3","tUs":1795624825894546,"every":1024,"monotonicUs":13690168494,"dropped":0,"costNs":30137,"operations":1038,"op":[1024,1024],"point":[6,7],"peer":[1,1],"agoNs":[1006078,1000049]}',
];
