//! Finding and using things as a person does: by the words on them. Everything waits until it is there.

use crate::{Browser, Failure, Stack};
use std::time::{Duration, Instant};
use thirtyfour::{By, Key, TypingData, WebElement};

/// How long a person would wait before calling for help.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

impl Browser {
    /// Waits until these words can be read on the page.
    ///
    /// # Errors
    /// When they do not appear; the error holds what could be read instead.
    pub async fn see(&self, words: &str) -> Result<(), Failure> {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text().await?;
            if text.contains(words) {
                return Ok(());
            }
            if Instant::now() > end {
                let _ = self.picture("failure").await;
                return Err(format!("「{words}」 does not appear. The page says:\n{text}").into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Whether these words can be read now.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn sees(&self, words: &str) -> Result<bool, Failure> {
        Ok(self.text().await?.contains(words))
    }

    /// All that can be read on the page.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn text(&self) -> Result<String, Failure> {
        let text = self.script("return document.body ? document.body.innerText : ''").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Presses the button or follows the link with these words.
    ///
    /// # Errors
    /// When there is none that can be pressed.
    pub async fn press(&self, words: &str) -> Result<(), Failure> {
        let path = format!(
            "//*[self::button or self::a or self::summary or @role='button']\
             [contains(normalize-space(.), '{words}') or contains(@aria-label, '{words}')]\
             [not(@disabled) and not(@aria-disabled='true')]"
        );
        self.use_element(&path, words, async |element| element.click().await).await
    }

    /// Writes into the field with this label.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> Result<(), Failure> {
        let path = field(label);
        self.use_element(&path, label, async |element| {
            element.send_keys(Key::Control + "a").await?;
            element.send_keys(text).await
        })
        .await
    }

    /// Chooses the radio button or check box with this label.
    ///
    /// # Errors
    /// When there is none.
    pub async fn choose(&self, label: &str) -> Result<(), Failure> {
        let path = format!("//label[contains(normalize-space(.), '{label}')]");
        self.use_element(&path, label, async |element| element.click().await).await
    }

    /// Sends keys to whatever has the focus.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<(), Failure> {
        self.driver.active_element().await?.send_keys(keys).await?;
        Ok(())
    }

    /// Presses the button with exactly these words.
    ///
    /// # Errors
    /// When there is none that can be pressed.
    pub async fn press_exactly(&self, words: &str) -> Result<(), Failure> {
        let path = format!(
            "//button[normalize-space(.) = '{words}'][not(@disabled) and not(@aria-disabled='true')]"
        );
        self.use_element(&path, words, async |element| element.click().await).await
    }

    /// What stands in the field with this label.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value(&self, label: &str) -> Result<String, Failure> {
        let path = field(label);
        let element = self.driver.find(By::XPath(path)).await?;
        Ok(element.prop("value").await?.unwrap_or_default())
    }

    /// Presses Tab until the field with this label has the focus.
    ///
    /// # Errors
    /// When it cannot be reached by the keyboard.
    pub async fn tab_to(&self, label: &str) -> Result<(), Failure> {
        let wanted = self.driver.find(By::XPath(field(label))).await?.id().await?;
        for _ in 0..40 {
            let active = self.driver.active_element().await?;
            if active.id().await? == wanted {
                return Ok(());
            }
            active.send_keys(Key::Tab).await?;
        }
        Err(format!("「{label}」 cannot be reached with the Tab key").into())
    }

    /// Enrols this browser; it then asks for the sign-in.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn enrol(&self, stack: &Stack) -> Result<(), Failure> {
        self.see("登録コード").await?;
        self.fill("登録コード", &stack.enrolment_code()?).await?;
        self.fill("端末の名前", "試験のパソコン").await?;
        self.press("この端末を登録する").await?;
        self.see("ユーザID").await
    }

    /// Enrols this browser and signs in, from the first page to the first list.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn enter(&self, stack: &Stack, role: &str) -> Result<(), Failure> {
        self.enrol(stack).await?;
        self.sign_in_again(stack, role).await?;
        self.see("今日調べた人").await
    }

    /// Signs in on a browser that is enrolled.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn sign_in_again(&self, stack: &Stack, role: &str) -> Result<(), Failure> {
        let (user, password) = stack.sign_in(role)?;
        self.see("ユーザID").await?;
        self.fill("ユーザID", &user).await?;
        self.fill("パスワード", &password).await?;
        self.press("次へ").await?;
        self.one_time_password(stack, &user).await
    }

    /// Enrols this browser and signs in with an account by its user ID.
    ///
    /// # Errors
    /// When there is none, or a step does not work.
    pub async fn enter_as(&self, stack: &Stack, user: &str) -> Result<(), Failure> {
        self.enrol(stack).await?;
        self.fill("ユーザID", user).await?;
        self.fill("パスワード", &stack.password(user)?).await?;
        self.press("次へ").await?;
        self.one_time_password(stack, user).await
    }

    /// Signs in again after a session that ended: the page knows who worked here.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn sign_in_as_before(&self, stack: &Stack, role: &str) -> Result<(), Failure> {
        let (user, password) = stack.sign_in(role)?;
        self.see("作業していた人").await?;
        self.fill("パスワード", &password).await?;
        self.press("次へ").await?;
        self.one_time_password(stack, &user).await
    }

    /// Opens a locked screen.
    ///
    /// # Errors
    /// When a step does not work.
    pub async fn unlock(&self, stack: &Stack, role: &str) -> Result<(), Failure> {
        let (user, password) = stack.sign_in(role)?;
        self.fill("パスワード", &password).await?;
        self.press("解除に進む").await?;
        self.one_time_password(stack, &user).await
    }

    async fn one_time_password(&self, stack: &Stack, user: &str) -> Result<(), Failure> {
        self.see("確認コードの入力").await?;
        self.fill("確認コード", &stack.one_time_password(user)?).await?;
        self.press("サインインする").await
    }

    /// Uses the first element of a path that can be used, waiting for it.
    async fn use_element<F>(&self, path: &str, words: &str, action: F) -> Result<(), Failure>
    where
        F: AsyncFn(WebElement) -> thirtyfour::error::WebDriverResult<()>,
    {
        let end = Instant::now() + PATIENCE;
        let mut last = String::from("there is none");
        loop {
            for element in self.driver.find_all(By::XPath(path)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    match action(element).await {
                        Ok(()) => return Ok(()),
                        Err(error) => last = error.to_string(),
                    }
                }
            }
            if Instant::now() > end {
                let _ = self.picture("failure").await;
                return Err(format!(
                    "「{words}」 cannot be used: {last}. The page says:\n{}",
                    self.text().await?
                )
                .into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The field with a label.
fn field(label: &str) -> String {
    format!(
        "//*[self::input or self::textarea or self::select]\
         [@id = //label[contains(normalize-space(.), '{label}')]/@for \
          or ancestor::label[contains(normalize-space(.), '{label}')] \
          or contains(@aria-label, '{label}')]"
    )
}
