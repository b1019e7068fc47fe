/** Mounts React, and sees to it that the page may use threads. Nothing else. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openConsoleAccess } from "./client/console-access";
import { isolatePage } from "./client/isolation";
import { App } from "./ui/App";
import { Part } from "./ui/feedback/Part";

isolatePage();
openConsoleAccess();

const root = document.getElementById("root");
if (root === null) throw new Error('The page has no element with id "root" to mount on.');
createRoot(root).render(
  <StrictMode>
    <Part name="The playground">
      <App />
    </Part>
  </StrictMode>,
);
