//! What systems do differently: exchanging two folders in one step, telling files apart, mount points.

use std::fs::Metadata;
use std::io;
use std::path::Path;

/// The number that tells a file or folder from every other at the same time, and that of its file system.
#[cfg(unix)]
pub fn identity(data: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((data.dev(), data.ino()))
}

/// The number that tells a file or folder from every other at the same time: not to be had on this system.
#[cfg(not(unix))]
pub fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// A file's own number, that of its disk, and when it was last touched in any way.
#[cfg(unix)]
pub fn change(data: &Metadata) -> (u64, u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (data.dev(), data.ino(), data.ctime(), data.ctime_nsec())
}

/// A file's own number and when it was last touched: not to be had on this system.
#[cfg(not(unix))]
pub fn change(_: &Metadata) -> (u64, u64, i64, i64) {
    (0, 0, 0, 0)
}

/// Why a folder cannot be exchanged for one that stands beside it, if that is known beforehand.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn cannot_exchange(folder: &Path) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt;
    let here = folder.symlink_metadata().ok()?;
    let above = folder.parent()?.metadata().ok()?;
    if here.dev() != above.dev() || is_mount_root(folder) {
        return Some("it is a mount point");
    }
    None
}

/// Why a folder cannot be exchanged for one that stands beside it.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn cannot_exchange(_: &Path) -> Option<&'static str> {
    Some("this system cannot exchange two folders in one step")
}

/// Whether something is mounted at a folder. A folder may be mounted a second time on its own file system.
#[cfg(target_os = "linux")]
fn is_mount_root(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|data| data.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(any(target_os = "android", target_vendor = "apple"))]
fn is_mount_root(_: &Path) -> bool {
    false
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Exchanges two folders in one step: not on this system.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until what was written to a folder's disk will outlive a loss of power. Where that cannot be had, goes on.
#[cfg(target_os = "linux")]
pub fn settle(folder: &Path) {
    if let Ok(folder) = std::fs::File::open(folder) {
        let _ = rustix::fs::syncfs(folder);
    }
}

/// Waits until what was written will outlive a loss of power: not to be had on this system.
#[cfg(not(target_os = "linux"))]
pub fn settle(_: &Path) {}

/// Gives a new folder the rights and the owner of another.
#[cfg(unix)]
pub fn like(new: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let data = new.symlink_metadata()?;
    if (data.uid(), data.gid()) != (old.uid(), old.gid()) {
        chown(new, Some(old.uid()), Some(old.gid()))?;
    }
    if data.permissions() != old.permissions() {
        std::fs::set_permissions(new, old.permissions())?;
    }
    Ok(())
}

/// Gives a new folder the rights and the owner of another: they come from the folder above on this system.
#[cfg(not(unix))]
pub fn like(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// The kind of a disk whose changes the system does not tell, since they may be made elsewhere.
#[cfg(target_os = "linux")]
pub fn network_disk(folder: &Path) -> Option<&'static str> {
    // The numbers are those of statfs(2).
    match rustix::fs::statfs(folder).ok()?.f_type {
        0x0102_1997 => Some("a 9p disk"),
        0x6969 => Some("an NFS disk"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("a Windows network disk"),
        0x786f_4256 => Some("a folder shared with a virtual machine"),
        0x6573_5546 => Some("a FUSE disk"),
        _ => None,
    }
}

/// The kind of a disk whose changes the system does not tell: not known here.
#[cfg(not(target_os = "linux"))]
pub fn network_disk(_: &Path) -> Option<&'static str> {
    None
}
