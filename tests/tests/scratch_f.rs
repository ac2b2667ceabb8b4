use fieldbook_tests::simulate::*;
#[test]
fn late_request() {
    let template = Template::build().unwrap();
    for seed in 0..40u64 {
        let mut story = Story::generate(1);
        story.cast = Cast { phones: vec![Seat{person:1,phone:0}, Seat{person:2,phone:0}], theme: None, in_pages: false, acquainted: true };
        let acts = [
            Action::Do{phone:0, deed: Deed::EditCustomer},
            Action::Begin(0),
            Action::Transfer{person:2, unit:2},
            Action::TimeOut(0),
            Action::Exchange(0),
            Action::Transfer{person:2, unit:1},
            Action::Deliver(Way::Up),
        ];
        story.steps = acts.iter().enumerate().map(|(i,a)| Step{number: i as u32+1, seed: seed*100+i as u64, wait_s: 5, action: *a}).collect();
        let out = play(&template, &story, None, true);
        if out.trace.lines().iter().any(|l| l.contains("1 parked")) { println!("{}", out.trace.lines().join("\n")); } if let Some(f) = out.failure { println!("{}", out.trace.lines().join("\n")); println!("FAIL {f}"); }
    }
    println!("no failure");
}
