//! Every diagnostic code, with the severity that it has unless `levels` in `site.yaml` says otherwise.
//!
//! A code is named for what is wrong, so that it reads well after "allow".

use std::fmt;

use crate::diagnostic::Severity;

macro_rules! codes {
    ($($severity:ident { $($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+ })+) => {
        /// The stable name of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($($(#[doc = $doc])+ $variant,)+)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$($(Code::$variant,)+)+];

            /// The name that is printed and that `levels` and `explain` take.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($(Code::$variant => $name,)+)+
                }
            }

            /// The severity that it has by itself.
            pub fn severity(self) -> Severity {
                match self {
                    $($(Code::$variant)|+ => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    Error {
        /// YAML that cannot be read.
        YamlInvalid = "yaml-invalid",
        /// A key that this kind of file does not have.
        KeyUnknown = "key-unknown",
        /// A key that is required.
        KeyMissing = "key-missing",
        /// A key that stands twice.
        KeyDuplicate = "key-duplicate",
        /// A key without a value, or a text without a letter.
        ValueEmpty = "value-empty",
        /// A value of the wrong kind or out of range.
        ValueWrong = "value-wrong",
        /// Something that is no date, or no day of the calendar.
        DateInvalid = "date-invalid",
        /// A written slug with other characters than small letters, digits and single hyphens.
        SlugInvalid = "slug-invalid",
        /// Two files that would become the same page.
        SlugDuplicate = "slug-duplicate",
        /// A slug that the site needs for a page of its own.
        SlugReserved = "slug-reserved",
        /// A lesson, reply or page that does not begin with `---`.
        FrontMatterMissing = "front-matter-missing",
        /// Front matter whose closing `---` is missing.
        FrontMatterUnclosed = "front-matter-unclosed",
        /// A link to a file that is not there.
        LinkTargetMissing = "link-target-missing",
        /// A link to a heading that is not there.
        LinkAnchorMissing = "link-anchor-missing",
        /// A link that begins with `/`, which is right at one address only.
        LinkAbsolute = "link-absolute",
        /// An address that could run a script, or of a kind that is not allowed.
        LinkUnsafe = "link-unsafe",
        /// An image that is not there.
        ImageMissing = "image-missing",
        /// An image on another site.
        ImageRemote = "image-remote",
        /// A heading id that stands twice, or with other characters than letters, digits, `-` and `_`.
        HeadingIdInvalid = "heading-id-invalid",
        /// A component that is not as it should be: too few options, no right answer, an id twice.
        ComponentInvalid = "component-invalid",
        /// A lesson that is named and not there.
        LessonUnknown = "lesson-unknown",
        /// A reply that is named and not there.
        ReplyUnknown = "reply-unknown",
        /// A heading that a quiz names and that is not there.
        SectionUnknown = "section-unknown",
        /// A reason code that is not in the list.
        ReasonUnknown = "reason-unknown",
        /// Lessons that need each other in a ring.
        RequiresCycle = "requires-cycle",
        /// A placeholder that the reply does not declare.
        PlaceholderUndeclared = "placeholder-undeclared",
        /// A placeholder whose `}}` is missing.
        PlaceholderUnclosed = "placeholder-unclosed",
        /// `{{ }}` without a name, or with a name that is none.
        PlaceholderEmpty = "placeholder-empty",
        /// `moves` that do not match the paragraphs.
        MovesMismatch = "moves-mismatch",
        /// A step of a tree that is named and not there.
        StepUnknown = "step-unknown",
        /// A tree with a loose end, an unreachable step or a ring without a way out.
        PathLooseEnd = "path-loose-end",
        /// A win that would be published and that nobody has checked for personal data.
        WinUnchecked = "win-unchecked",
        /// A file that cannot be read.
        FileUnreadable = "file-unreadable",
        /// A text file that is not UTF-8.
        TextNotUtf8 = "text-not-utf8",
        /// A file that is larger than a guide's files may be.
        FileTooLarge = "file-too-large",
        /// A file that could run a script in a reader's browser.
        AssetUnsafe = "asset-unsafe",
        /// An e-mail address, telephone number, handle or profile link in a reply or a published win.
        PersonalData = "personal-data",
        /// A template of the theme that is wrong or fails.
        TemplateInvalid = "template-invalid",
        /// A file of the theme that is missing or wrong.
        ThemeInvalid = "theme-invalid",
    }
    Warning {
        /// A value that ` #` cut off.
        ValueCut = "value-cut",
        /// A link to a page that this build leaves out.
        LinkLeftOut = "link-left-out",
        /// An image without alternative text.
        ImageAltMissing = "image-alt-missing",
        /// Raw HTML, shown as text.
        RawHtml = "raw-html",
        /// A `#` heading: the title is the page's first heading already.
        HeadingSecondTitle = "heading-second-title",
        /// A tag that `tags` in `site.yaml` does not list.
        TagUnknown = "tag-unknown",
        /// A placeholder that is declared and not used.
        PlaceholderUnused = "placeholder-unused",
        /// A template of the guide's own that was copied from an older one of the built-in theme.
        TemplateOutdated = "template-outdated",
        /// A file that nothing uses.
        FileUnused = "file-unused",
        /// Two capitalised words in a row in a published win: perhaps a name.
        PersonalName = "personal-name",
        /// A reply whose first move is not thanks.
        ReplyThanksFirst = "reply-thanks-first",
        /// A reply whose last move is not good wishes.
        ReplyLuckLast = "reply-luck-last",
        /// A reply that asks more than one question, or one where none should be.
        ReplyQuestions = "reply-questions",
        /// A reply that asks what may not be asked.
        ReplyQuestionForbidden = "reply-question-forbidden",
        /// A reply that presses.
        ReplyPressure = "reply-pressure",
        /// A reply that is too long for its channel.
        ReplyTooLong = "reply-too-long",
        /// A title that is longer than people read.
        TitleTooLong = "title-too-long",
        /// A text that should have been read again by now.
        ReviewPassed = "review-passed",
        /// A lesson of long sentences and long words.
        ReadingHard = "reading-hard",
        /// A character that nobody sees and that turns or hides what stands around it.
        CharacterInvisible = "character-invisible",
        /// A fenced block whose name is nearly that of a component.
        ComponentUnknown = "component-unknown",
    }
}

impl Code {
    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for code in Code::ALL {
            assert_eq!(Code::named(code.as_str()), Some(*code));
        }
    }
}
