use fieldbook_tests::process::thread_cpu;
fn main(){
  for full in ["FULL","OFF"]{
    let dir=tempfile::tempdir_in("/work/main/target").unwrap();
    let c=rusqlite::Connection::open(dir.path().join("a.db")).unwrap();
    c.execute_batch(&format!("PRAGMA journal_mode=WAL; PRAGMA synchronous={full}; CREATE TABLE b(n INTEGER PRIMARY KEY, body BLOB)")).unwrap();
    let b=thread_cpu().unwrap(); let t=std::time::Instant::now();
    for _ in 0..352{ c.prepare_cached("INSERT INTO b(body) VALUES(?1)").unwrap().execute([vec![1u8;1200]]).unwrap(); }
    println!("{full}: cpu {:?} wall {:?} per commit",(thread_cpu().unwrap()-b)/352,t.elapsed()/352);
  }
}
