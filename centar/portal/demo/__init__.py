"""A demonstration year: invented people, programmes and seminars around the present day.

`year.load()` makes all of it in one transaction: `accounts` and `people` are the participants,
`catalogue` the programmes, `coming` and `held` the seminars ahead and behind, `followed` the
attendance, evaluations and certificates of those behind, `ledger` what people entered themselves,
`surveys` what the schools need, `teacher_survey` what single teachers do, `plans` what follows,
`proposals` what is proposed and reviewed, `institute` what became of proposals of the past,
`practices` the examples of good practice. Everything goes through the operations that people use;
where the past forbids that, the module says so.
"""
