use fieldbook_core::model::*;
use fieldbook_core::replica::{Identity, Options, Replica};
use fieldbook_tests::day::*;
use fieldbook_tests::process::thread_cpu;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
fn main(){
  let runs: u64 = std::env::args().nth(1).and_then(|a|a.parse().ok()).unwrap_or(3);
  for full in [true,false]{
    let mut all=vec![]; let mut raw=vec![];
    for run in 0..runs{
    let dir=tempfile::tempdir_in("/work/main/target").unwrap();
    let r=Replica::open(&dir.path().join("a.db"),Options{synchronous_full:full}).unwrap();
    let u=|n|uuid::Uuid::from_u128(n);
    r.enrol(&Identity{server:ServerId(u(1)),tenant:TenantId(u(2)),person:PersonId(u(3)),device:DeviceId(u(4)),secret:[1;32],epoch:0}).unwrap();
    let start=morning(run as u128+1);
    let mut rng=ChaCha8Rng::seed_from_u64(run);
    let stops=add_customers(&r,&start,&mut rng,customers(run,20)).unwrap();
    let mut round=Round::new(run,start,stops);
    let b=thread_cpu().unwrap();
    round.run(&r).unwrap();
    all.push((thread_cpu().unwrap()-b).as_secs_f64()*1e6/312.0);
    let c=rusqlite::Connection::open(dir.path().join("b.db")).unwrap();
    c.execute_batch(&format!("PRAGMA journal_mode=WAL; PRAGMA synchronous={}; CREATE TABLE b(n INTEGER PRIMARY KEY, body BLOB)",if full{"FULL"}else{"OFF"})).unwrap();
    let b=thread_cpu().unwrap();
    for _ in 0..312{ c.prepare_cached("INSERT INTO b(body) VALUES(?1)").unwrap().execute([vec![1u8;1200]]).unwrap(); }
    raw.push((thread_cpu().unwrap()-b).as_secs_f64()*1e6/312.0);
    }
    println!("full={full} ours {all:.0?} raw {raw:.0?}");
  }
}
