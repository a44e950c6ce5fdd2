"""The printing room: a form becomes one layout tree (`layout`, `paper`), written as PDF or as workbook."""
