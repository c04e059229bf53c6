//! The office's relay before the sandbox.

use crate::browser::machine_time;
use crate::world::World;
use kakehashi_relay::{Config, Relay};
use kakehashi_signing::{Credential, DeviceKey, IssuerKey};
use std::net::SocketAddr;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A relay that runs.
pub(crate) struct Relayed {
    pub(crate) address: SocketAddr,
    issuer: IssuerKey,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    _folder: TempDir,
}

impl Relayed {
    /// With an office's certificate.
    pub(crate) async fn start(world: &World, office: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        std::fs::create_dir(&state).unwrap();
        let issuer = IssuerKey::generate().unwrap();
        std::fs::write(state.join("issuer.key"), issuer.to_pkcs8().unwrap()).unwrap();
        let (upstream, ca) = (world.address(), world.layout.ca());
        let identity = world.layout.office(office);
        let text = format!(
            "listen = \"127.0.0.1:0\"\nstate = \"state\"\n\
             [upstream]\nurl = \"https://{upstream}\"\nca = \"{}\"\nserver_name = \"localhost\"\n\
             [identity]\ncertificate = \"{1}/cert.pem\"\nkey = \"{1}/key.pem\"\n\
             [limits]\naddress_per_second = 100000\ndevice_per_second = 100000\n",
            ca.display(),
            identity.display()
        );
        let config = Config::parse(&text, folder.path()).unwrap();
        let relay = Relay::bind(&config, None).await.unwrap();
        let address = relay.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(relay.run(async {
            let _ = stopped.await;
        }));
        Self { address, issuer, stop, task, _folder: folder }
    }

    /// Enrols a device.
    pub(crate) fn credential(&self, key: &DeviceKey, office: &str) -> String {
        let now = machine_time();
        let credential = Credential::new(office, key.jwk().unwrap(), "試験の端末", now, now + 3_600);
        self.issuer.issue(&credential).unwrap()
    }

    pub(crate) async fn stop(self) {
        self.stop.send(()).unwrap();
        self.task.await.unwrap();
    }
}
