//! Black-box tests over real sockets.

mod events;
mod health;
mod rig;
mod sign_in;
mod stop;
mod sync;
mod throttle;
