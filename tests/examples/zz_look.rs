use fieldbook_core::replica::sync::Ready;
use fieldbook_core::wire::*;
use fieldbook_tests::day::*;
use fieldbook_tests::process::*;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
fn z(b:&[u8])->usize{deflate(b, fieldbook_core::wire::ANSWER_LEVEL).len()}
fn main(){
    let dir=tempfile::tempdir().unwrap();
    let town=Town::found(&dir.path().join("s"),5).unwrap();
    let store=town.open().unwrap();
    let desk=Desk::new(store.clone());
    for (n,phone) in town.phones(&store,5).unwrap().into_iter().enumerate(){
        let mut rng=ChaCha8Rng::seed_from_u64(n as u64);
        let start=morning(n as u128+1);
        let stops=add_customers(&phone.replica,&start,&mut rng,customers(n as u64,20)).unwrap();
        desk.sync(&phone,&start,&mut rng).unwrap();
        Round::new(n as u64,start,stops).run(&phone.replica).unwrap();
        let (_,out)=Ready::default().begin(&phone.replica).unwrap();
        let plain=inflate(&out.body,1<<24).unwrap();
        let req:Request=minicbor::decode(&plain).unwrap();
        println!("body {} plain {} sections {}",out.body.len(),plain.len(),req.upload.len());
        let mut by=std::collections::BTreeMap::<_,(usize,usize,Vec<u8>)>::new();
        for s in &req.upload{ let e=by.entry(s.kind).or_default(); e.0+=1; e.1+=s.operations.len(); e.2.extend_from_slice(&s.operations);}
        for (k,(c,l,b)) in &by{println!("  {k}: {c} sections {l} bytes, zstd alone {}",z(b));}
        let mut stripped=req.clone(); for s in &mut stripped.upload{s.operations=Vec::new().into();}
        println!("  envelope without operations {} zstd {}",minicbor::to_vec(&stripped).unwrap().len(),z(&minicbor::to_vec(&stripped).unwrap()));
        if n==0{ let c=req.upload.iter().find(|s|s.kind==fieldbook_core::model::Kind::CheckIn).unwrap(); println!("check-in {:?}",String::from_utf8_lossy(&c.operations)); println!("{:?}",c.operations.as_slice());
          let c=req.upload.iter().find(|s|s.kind==fieldbook_core::model::Kind::Visit).unwrap(); println!("visit {:?}",String::from_utf8_lossy(&c.operations)); }
        for l in [3,6,9,19]{println!("   level {l}: {}",zstd::bulk::compress(&plain,l).unwrap().len());}
        // texts alone
        let acts=script(n as u64,start.at.date_naive(),&[Stop{customer:stops0(),position:fieldbook_core::geo::Position::new(1.,1.).unwrap()}]);
        let mut t=String::new();
        for (_,a) in &acts{match a{Act::Plan{purpose,..}=>t+=purpose,Act::Note{insert,..}=>t+=insert,Act::Log{text,..}=>t+=text,Act::Draft{title,..}=>t+=title,Act::Finish{outcome,..}=>t+=outcome,_=>{}}}
        println!("  texts {} zstd {}",t.len(),z(t.as_bytes()));
    }
}
fn stops0()->fieldbook_core::model::DocumentId{fieldbook_core::model::DocumentId(uuid::Uuid::from_u128(1))}
