//! Every command, below the windows that may call it. The list depends on no crate, so that a build script can read it
//! too.

/// Hands every command to a macro: the windows, and for each command its name, its request, whether bytes come with it,
/// and its reply.
#[macro_export]
macro_rules! with_commands {
    ($with:ident) => {
        $with! {
            ["admin", "guru", "kiosk", "mulai", "popup"] {
                /// What this PC is for, and where its server is.
                program Program {} -> ProgramInfo;
                /// The language that this PC's pages are read in.
                language_set LanguageSet { language: Language } -> ();
                /// The page's next messages; waits until there are some. Fails with `gone` where nothing more comes: a
                /// page that can still ask has to be loaded anew.
                messages_next MessagesNext { page: u32 } -> Vec<Message>;
            }

            ["admin", "guru", "kiosk", "popup"] {
                /// Who a session kept from before belongs to, if it still is one.
                sesi_restore SesiRestore {} -> SesiStatus;
                /// Signs a user in.
                sesi_login SesiLogin { email: String, password: Secret } -> Api<Pengguna>;
                /// Sets a new password; the session goes on.
                sesi_change_password SesiChangePassword { password_lama: Secret, password_baru: Secret }
                    -> Api<Pengguna>;
                /// Signs out; on this PC in any case.
                sesi_logout SesiLogout {} -> ();
                /// Tells the window of every change from now on.
                sesi_watch SesiWatch { channel: Channel<SesiStatus> } -> ();
                /// Stops telling the window.
                sesi_unwatch SesiUnwatch {} -> ();
                /// Sends a page's request in the session's name. The answer is a line of JSON about it, a line feed,
                /// and its body as it came.
                api_fetch ApiFetch { method: String, path: String, body: Option<String> } -> Bytes;
                /// Tells the window the state, and everything that happens from now on.
                updates_watch UpdatesWatch { channel: Channel<Update> } -> ();
                /// Stops telling the window.
                updates_unwatch UpdatesUnwatch {} -> ();
                /// Ends a wait between two attempts.
                updates_retry UpdatesRetry {} -> ();
                /// Asks where to save the bytes. `false` if nobody chose a place, or it cannot be written.
                save_file SaveFile { name: String } with bytes -> bool;
                /// Puts a text on the clipboard. `false` if the system has none.
                copy_text CopyText { text: String } -> bool;
                /// Puts a PNG on the clipboard. `false` if the system has none, or the bytes are no PNG.
                copy_picture CopyPicture {} with bytes -> bool;
                /// Opens a link outside of the program: a message to a guest, or a page of the school's own server.
                open_link OpenLink { url: String } -> ();
            }

            ["guru", "kiosk"] {
                /// Whether the program starts with the PC.
                autostart_get AutostartGet {} -> bool;
                /// Makes it start with the PC, or not.
                autostart_set AutostartSet { on: bool } -> ();
            }

            ["kiosk"] {
                /// Tells the window of every text that counts.
                scans_watch ScansWatch { channel: Channel<String> } -> ();
                /// Stops telling the window.
                scans_unwatch ScansUnwatch {} -> ();
                /// Tells the window of everything that was shown to a scanner and not read.
                rejections_watch RejectionsWatch { channel: Channel<ScanRejection> } -> ();
                /// Stops telling the window.
                rejections_unwatch RejectionsUnwatch {} -> ();
                /// Tells the window how the scanners are, now and at each change.
                scanners_watch ScannersWatch { channel: Channel<Vec<Scanner>> } -> ();
                /// Stops telling the window.
                scanners_unwatch ScannersUnwatch {} -> ();
                /// What the camera sees next: width and height as two bytes each, little-endian, then a byte of
                /// brightness for each pixel. Empty while the camera sees nothing; fails if no camera is in use.
                preview_next PreviewNext {} -> Bytes;
                /// The texts of the codes in a picture file: those that look like a guest's first.
                decode_picture DecodePicture {} with bytes -> Vec<String>;
                /// Whether this kiosk uses its camera.
                camera_get CameraGet {} -> bool;
                /// Uses the camera or lets it go, now and at every start from now on. If it fails, nothing changes.
                camera_set CameraSet { on: bool } -> ();
                /// What this desk wrote down while no server could be reached, and the server took otherwise: the
                /// oldest first.
                luring_unsettled LuringUnsettled {} -> Vec<Unsettled>;
                /// Somebody has looked at such an entry, and it is listed no more.
                luring_settle LuringSettle { nomor: u32 } -> ();
                /// Asks where to save what this desk has written down, for the PC that replaces it; none if there is
                /// nothing, or nobody chose a place.
                luring_export LuringExport {} -> Option<MovedJournal>;
                /// Takes in what another desk had saved. Gives how many entries were new; none if the code does not
                /// open the file.
                luring_import LuringImport { kode: Secret } with bytes -> Option<usize>;
                /// What teachers' PCs are paired by, if this PC keeps the guest book.
                pairing PairingGet {} -> Option<Pairing>;
                /// Leaves the full screen; the window can be closed then. `false` if the PIN is wrong.
                kiosk_leave KioskLeave { pin: Secret } -> bool;
                /// Full screen again.
                kiosk_return KioskReturn {} -> ();
                /// Ends the program. `false` if the PIN is wrong.
                kiosk_close KioskClose { pin: Secret } -> bool;
                /// Whether this PC has a PIN.
                kiosk_has_pin KioskHasPin {} -> bool;
                /// Whether it is the PIN; the full screen stays.
                kiosk_verify KioskVerify { pin: Secret } -> bool;
                /// Tells the window whenever somebody tried to close it and may not.
                close_watch CloseWatch { channel: Channel<()> } -> ();
                /// Stops telling the window.
                close_unwatch CloseUnwatch {} -> ();
                /// Opens the admin's window, or brings it to the front. Whoever opens it signs in there.
                admin_open AdminOpen {} -> ();
            }

            ["guru"] {
                /// The tray menu's words, in the language of the page.
                tray_words TrayWords { open: String, baru: String, quit: String } -> ();
                /// Tells the window of every choice in the tray from now on, and of one that it was opened by.
                tray_watch TrayWatch { channel: Channel<TrayChoice> } -> ();
                /// Stops telling the window.
                tray_unwatch TrayUnwatch {} -> ();
                /// Shows a notice; pressing it opens the teacher's window and tells the page. The same tag again
                /// replaces the earlier one.
                notice_show NoticeShow { tag: String, title: String, body: String } -> ();
                /// Takes the notice away if it still stands.
                notice_clear NoticeClear { tag: String } -> ();
                /// Tells the window the tag of every notice that is pressed, and of one that it was opened by.
                notice_watch NoticeWatch { channel: Channel<String> } -> ();
            }

            ["guru", "popup"] {
                /// Shows the pop-up.
                popup_raise PopupRaise {} -> ();
                /// Hides the pop-up.
                popup_close PopupClose {} -> ();
            }

            ["popup"] {
                /// The pop-up's height follows its content, in logical pixels.
                popup_resize PopupResize { height: f64 } -> ();
                /// Somebody presses in the pop-up, and may want to type.
                popup_focus PopupFocus {} -> ();
                /// Shows the teacher's window, and in it the appointment with this number.
                guru_open GuruOpen { #[ts(type = "number | null")] id: Option<IdJanjiTemu> } -> ();
            }

            ["mulai"] {
                /// Looks for servers in the network until told to stop.
                wizard_discover WizardDiscover { channel: Channel<Sighting> } -> ();
                /// Ends the search.
                wizard_discover_stop WizardDiscoverStop {} -> ();
                /// Asks who answers at a typed address, and sends nothing there. Fails with `address` if there is none.
                wizard_fingerprint WizardFingerprint { address: String } -> ServerAddress;
                /// What is plugged in.
                wizard_devices WizardDevices {} -> Devices;
                /// How hard the first admin's password is to guess, by the rule that takes it or not.
                wizard_password WizardPassword { password: Secret, nama: String, email: String, nama_sekolah: String }
                    -> Nilai;
                /// Looks at a backup to begin from: at the one with this path, or else at one that is asked for;
                /// nothing if nobody chose one. Fails with `setup` if the file is none.
                wizard_backup WizardBackup { path: Option<String> } -> Option<FoundBackup>;
                /// Restores a backup into this PC's folder, by the code on the recovery sheet. What was there is kept
                /// aside. Fails with `setup`; then everything is as it was.
                wizard_restore WizardRestore { path: String, kode: Secret } -> RestoredSchool;
                /// How far that is; nothing if it is not under way.
                wizard_restore_progress WizardRestoreProgress {} -> Option<RestoreProgress>;
                /// Sets the PC up, opens what it is for and closes the wizard. Fails with `setup`, and can be repeated
                /// whatever it failed at.
                wizard_finish WizardFinish { setup: Setup } -> ();
                /// What keeps the program from starting; nothing at a first start.
                trouble TroubleGet {} -> Option<Trouble>;
                /// Tries to start once more, at another port if one is given. Fails with `setup`.
                trouble_retry TroubleRetry { port: Option<u16> } -> ();
            }
        }
    };
}
