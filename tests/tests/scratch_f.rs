use fieldbook_tests::simulate::*;
#[test]
fn leaving_in_pages() {
    let template = Template::build().unwrap();
    for seed in 0..10u64 {
        let mut story = Story::generate(1);
        story.cast = Cast { phones: vec![Seat{person:1,phone:0}, Seat{person:2,phone:0}], theme: None, in_pages: true, acquainted: true };
        let mut acts = vec![];
        acts.push(Action::Do{phone:1, deed: Deed::Plan});
        acts.push(Action::Exchange(1));
        acts.push(Action::Exchange(0));
        for _ in 0..40 { acts.push(Action::Do{phone:1, deed: Deed::Log}); }
        acts.push(Action::Exchange(1));
        acts.push(Action::Exchange(0));
        acts.push(Action::Do{phone:0, deed: Deed::Note});
        acts.push(Action::Exchange(0));
        acts.push(Action::Transfer{person:2, unit:2});
        acts.push(Action::Exchange(0));
        acts.push(Action::Transfer{person:2, unit:1});
        acts.push(Action::Begin(0));
        acts.push(Action::Deliver(Way::Up));
        acts.push(Action::Deliver(Way::Down));
        acts.push(Action::Begin(0));
        acts.push(Action::Do{phone:0, deed: Deed::Note});
        acts.push(Action::Deliver(Way::Up));
        acts.push(Action::Deliver(Way::Down));
        acts.push(Action::Exchange(0));
        story.steps = acts.iter().enumerate().map(|(i,a)| Step{number: i as u32+1, seed: seed*100+i as u64, wait_s: 5, action: *a}).collect();
        let out = play(&template, &story, None, true);
        if seed == 0 || out.failure.is_some() { let l = out.trace.lines(); println!("{}", l[l.len()-40..].join("\n")); }
        if let Some(f) = out.failure { println!("FAIL {f}"); return }
    }
    println!("no failure");
}
