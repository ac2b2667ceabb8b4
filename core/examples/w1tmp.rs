#![allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]
use fieldbook_core::replica::*; use fieldbook_core::model::*; use rand_chacha::ChaCha8Rng; use rand_chacha::rand_core::SeedableRng; use chrono::*; use uuid::Uuid;
fn cpu() -> f64 { let s = std::fs::read_to_string("/proc/self/schedstat").unwrap(); s.split(' ').next().unwrap().parse::<f64>().unwrap()/1e3 }
fn main() {
    let dir = std::env::args().nth(1).unwrap(); let p = std::path::Path::new(&dir).join("w1.db"); let _ = std::fs::remove_file(&p);
    let r = Replica::open(&p, Options::default()).unwrap();
    r.enrol(&Identity{server:ServerId(Uuid::nil()),tenant:TenantId(Uuid::nil()),person:PersonId(Uuid::from_u128(3)),device:DeviceId(Uuid::nil()),secret:[7;32],epoch:0}).unwrap();
    let rng = &mut ChaCha8Rng::seed_from_u64(1);
    let at = DateTime::parse_from_rfc3339("2026-11-24T09:00:00.000+08:00").unwrap();
    let mut t = 0; let mut now = || { t += 1; Now{at: at + Duration::minutes(t/3), mono_ms: 1000*t as u64, boot: BootId(Uuid::nil())} };
    let c = r.add_customer(&now(), rng, NewCustomer{name:"Sunrise".into(), ..Default::default()}).unwrap();
    let mut lat: std::collections::BTreeMap<&str, (f64,f64,u32)> = Default::default();
    macro_rules! m { ($n:expr, $e:expr) => {{ let a = cpu(); let w = std::time::Instant::now(); let v = $e; let x = lat.entry($n).or_default(); x.0 += cpu()-a; x.1 += w.elapsed().as_micros() as f64; x.2 += 1; v }} }
    for _ in 0..20 {
        let v = m!("plan", r.plan_visit(&now(), rng, NewPlan{customer:c,rep:None,start:at,purpose:"count stock and check display facings".into()}).unwrap());
        m!("start(2)", r.start_visit(&now(), rng, v, None, Some("basement".into())).unwrap());
        for s in ["stock","display","order","promotion","competitor"] { m!("step", r.record_step(&now(), v, s, serde_json::json!(12), None).unwrap()); }
        for i in 0..4 { m!("note", r.edit_note(&now(), v, i*75, 0, "老板周五回来 wants two more facings next to the door, price 12.80, ask Ms Li again").unwrap()); }
        m!("finish(2)", r.finish_visit(&now(), rng, v, None, Some("basement".into()), None).unwrap());
        for _ in 0..3 { m!("log", r.log(&now(), rng, NewLogEntry{text:"called the owner about the delivery of next week, she wants two more cases and a discount of five percent for the display".into(), customer:Some(c), visit:Some(v)}).unwrap()); }
    }
    let mut total=(0.,0.,0); for (k,(a,w,n)) in &lat { println!("{k:10} cpu {:8.1} us wall {:8.1} us n {n}", a/ *n as f64, w/ *n as f64); total.0+=a; total.1+=w; total.2+=n; }
    println!("all: cpu/op {:.1} us over {} calls ({} ops), wall {:.1}", total.0/(total.2 as f64+40.), total.2, total.2+40, total.1/total.2 as f64);
}
